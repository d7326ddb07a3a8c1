import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '规则', title: '规则', what: '规则', tabs: '规则分类', tab: { public: '公众上报', tasks: '到场签到', grids: '网格标准', risk: '风险', history: '修改记录' },
    readOnly: '您可以查看；修改需要系统管理员', edit: '修改', editOf: '修改“{name}”', save: '保存', saving: '正在保存…', cancel: '取消', close: '收起', setUsual: '填入默认值', saved: '“{name}”已保存', try: '试算', trying: '正在试算…',
    usual: '默认 {value}', from: '{least}–{most}', by: '{by} · {time}', nobody: '未修改过', shipped: '随软件提供', unsaved: '有未保存的修改，离开吗？',
    fault: { whole: '请填写整数', range: '须在 {least}–{most} 之间', number: '请填写大于零的数', falls: '等级越高，数值不得越小' },
    stale: { said: '内容已被他人修改，您的修改没有保存。', see: '查看最新' }, checkFields: '有 {count} 处需要修改，请看各项下的提示。',
    public: {
      about: '公众上报页的限量与防滥用。保存后，下一件上报起按新规则；已在甄别的不变。',
      group: { guard: '限量与防滥用', near: '同一地点集中上报', text: '雷同文字', page: '页面与个人信息', words: '紧急词与电话' },
      hint: {
        guard: '超过前一数量转人甄别，超过后一数量拒绝；过快填写转人甄别。', near: '一段时间内，同一地点已有这么多件未结案件时，新的转人甄别。', text: '与近期上报文字雷同的转人甄别。', page: '“我也遇到”显示多远的案件；联系方式在案件办结后保留多久。',
        words: '描述中出现这些词时，页面先提示拨打电话。不设则用通用词表。',
      },
      unit: { pieces: '件', seconds: '秒', bits: '比特', metres: '米', minutes: '分钟', percent: '%', days: '天' },
      number: '电话', words: '词（用顿号或逗号分开）', addList: '增加一组', removeList: '删除第 {index} 组', usualWords: '通用词表：{words}', takeUsual: '以通用词表为起点', readWords: '{number}：{words}',
      trial: {
        title: '试算：最近 {days} 天', events: '公众上报立为案件 {events} 件，转甄别 {held} 件', reasons: '转甄别的原因：{reasons}', crowded: '按“同一地点”规则会转甄别：现行 {now} 件，修改后 {then} 件（看了最近 {examined} 件）',
        contacts: '现存联系方式 {kept} 条；按修改后的天数，下次清理会删除 {erased} 条。删除后不能恢复。', untold: '每网络地址的件数只保留一小时，无法回算。',
      },
    },
    field: {
      reports_held_above: '每网络地址 10 分钟内超过几件转甄别', reports_refused_above: '每网络地址每小时超过几件拒绝', minimum_seconds: '最短填写时间', proof_bits: '提交前计算量（每加一，计算量翻倍）', near_metres: '同地点范围', near_minutes: '同地点时间',
      near_reports: '达到几件转甄别', same_text_percent: '文字相似度', same_text_minutes: '比对多久以内的文字', show_near_metres: '“我也遇到”的范围', contact_kept_days: '联系方式保留', urgent_words: '紧急词与电话', geofence_metres: '签到范围（米）', households_per_worker: '每名网格员的户数上限',
      kind: '风险类别', name: '名称', name_en: '英文名称', statistic: '算法', measure: '数什么', levels: '区域层级', type_codes: '限定案件类型', citizens_only: '只看市民诉求', window_days: '统计期（天）', compared: '比较的前期数', minimum: '起点件数',
      attention: '关注', warning: '预警', alarm: '高风险', is_on: '启用', code: '代码',
    },
    tasks: {
      about: '签到时，人到任务地点的距离加定位误差须在范围内。保存后，下一次签到起按新范围。', kind: { verify: '核实', check: '核查', handle: '处置', patrol: '巡查', visit: '走访' }, metres: '{metres} 米', label: '“{name}”的签到范围（米）',
      trial: '最近 {days} 天签到 {signedIn} 次，其中 {beyond} 次超出 {metres} 米，最远 {farthest} 米。', none: '最近 {days} 天没有签到记录。', untold: '被拒绝的签到没有记录，放宽的效果无法回算。',
    },
    grids: { about: '划分网格时的户数标准：超过“上限 × 网格员人数”的网格在草稿检查中提醒，不阻止发布。保存后，下一次检查起按新标准；已发布的网格不变。', households: '{count} 户', trial: '按每人 {households} 户：现行 {grids} 个网格中 {over} 个超过；户数最多的网格 {largest} 户。' },
    risk: {
      about: '按统计期内的件数判定各地的风险等级，每小时一次。修改从下一次判定起生效；随软件提供的规则修改后即为本地规则，升级不会覆盖。', add: '增加规则', on: '启用', off: '停用', kind: { outbreak: '群体突发', cycle: '行业周期', spread: '居民扩散', backlog: '积案沉降' },
      statistic: { surge: '与前几期均值之比', recurrence: '连续达到起点的期数', spread: '涉及的下级处数', number: '件数' }, level: { district: '区县', street: '街道', community: '社区', grid: '网格' }, rank: { 1: '关注', 2: '预警', 3: '高风险' },
      sums: '{measure} · 每 {days} 天一期，比较前 {compared} 期，起点 {minimum} 件', sumsAlone: '{measure} · {days} 天，起点 {minimum} 件', reaches: '{statistic}：{thresholds}', thresholds: '关注 {attention} · 预警 {warning} · 高风险 {alarm}', columns: { rule: '规则', sums: '怎样数', thresholds: '达到多少', levels: '层级', by: '最后修改', acts: '操作' },
      allTypes: '全部类型', addType: '限定一个类型…', removeType: '去掉“{name}”', codeHint: '小写字母开头，可含数字和下划线；保存后不能改', newRule: '新规则',
      trial: {
        title: '试算：最近四周', week: '截至 {time}', level: '此刻，按层级', now: '现行', then: '修改后', cell: '{places} 处 / {events} 件', none: '没有', places: '处＝达到该等级的“地点 × 类型”；件＝其中的案件数，按所选最小层级计。', cut: '每级只取件数最多的 200 处。', ranks: '等级', judged: '考核数据每分钟更新，尚未入账的案件不在内。',
      },
    },
    history: { empty: '还没有修改', when: '时间', who: '谁', what: '哪条规则', changed: '改了什么', from: '{field}：{before} → {after}', to: '{field}：{after}', none: '无', usualList: '通用词表', yes: '是', no: '否' },
  },
  en: {
    nav: 'Rules', title: 'Rules', what: 'The rules', tabs: 'Kinds of rules', tab: { public: 'Public reports', tasks: 'Signing in on the spot', grids: 'Grids', risk: 'Risk', history: 'Changes' },
    readOnly: 'You may look; changing takes the system administrator', edit: 'Change', editOf: 'Change “{name}”', save: 'Save', saving: 'Saving…', cancel: 'Cancel', close: 'Close', setUsual: 'Fill in the usual', saved: '“{name}” is saved', try: 'Try on the past', trying: 'Trying…',
    usual: 'usually {value}', from: '{least}–{most}', by: '{by} · {time}', nobody: 'never set', shipped: 'as shipped', unsaved: 'There are unsaved changes. Leave?',
    fault: { whole: 'A whole number is needed', range: 'Between {least} and {most}', number: 'A number above zero', falls: 'A higher level takes no less' },
    stale: { said: 'Somebody changed this meanwhile; your changes were not saved.', see: 'See the newest' }, checkFields: '{count} to correct: see below the fields.',
    public: {
      about: 'Limits and guards of the page on which citizens report. They hold from the next report on; what is held stays held.',
      group: { guard: 'Limits and guards', near: 'Many reports at one place', text: 'The same words', page: 'The page and personal data', words: 'Urgent words and telephone numbers' },
      hint: {
        guard: 'Above the first number a person looks first, above the second a report is refused; what is filled in too fast is held as well.', near: 'Where so many open cases were reported nearby shortly before, a person looks first.', text: 'What says nearly the same as a recent report is held.',
        page: 'How far away cases are shown under “me too”; how long contacts are kept after a case is over.', words: 'Where a description contains one of these words, the page first says whom to call. Without any, the usual list holds.',
      },
      unit: { pieces: 'reports', seconds: 's', bits: 'bits', metres: 'm', minutes: 'min', percent: '%', days: 'days' },
      number: 'Number', words: 'Words, separated by commas', addList: 'Add a list', removeList: 'Remove list {index}', usualWords: 'The usual list: {words}', takeUsual: 'Begin with the usual list', readWords: '{number}: {words}',
      trial: {
        title: 'On the last {days} days', events: '{events} public reports became cases, {held} were held', reasons: 'Held because: {reasons}', crowded: 'Held for “one place”: {now} by the rule in force, {then} by the draft (of the newest {examined})',
        contacts: '{kept} contacts are kept; with this many days the next cleaning erases {erased} of them, for good.', untold: 'How many came from one network address is kept for an hour only and cannot be tried.',
      },
    },
    field: {
      reports_held_above: 'Held above, from one address in 10 minutes', reports_refused_above: 'Refused above, from one address in an hour', minimum_seconds: 'Shortest time to fill in', proof_bits: 'Work before sending (each bit doubles it)', near_metres: 'One place is', near_minutes: 'Within',
      near_reports: 'Held from', same_text_percent: 'Alike from', same_text_minutes: 'Compared with reports of the last', show_near_metres: '“Me too” shows cases within', contact_kept_days: 'Contacts are kept', urgent_words: 'Urgent words and numbers', geofence_metres: 'Range (m)', households_per_worker: 'Households for each grid worker, at most',
      kind: 'Kind of risk', name: 'Name', name_en: 'English name', statistic: 'Judged by', measure: 'What is counted', levels: 'Levels', type_codes: 'Only these types', citizens_only: 'Requests of citizens only', window_days: 'Window (days)', compared: 'Windows compared with', minimum: 'Events at least',
      attention: 'Attention', warning: 'Warning', alarm: 'Alarm', is_on: 'In use', code: 'Code',
    },
    tasks: {
      about: 'To sign in, the distance to the place plus the uncertainty of the fix has to lie within the range. It holds from the next sign-in on.', kind: { verify: 'Verification', check: 'Check', handle: 'Handling', patrol: 'Patrol', visit: 'Visit' }, metres: '{metres} m', label: 'Range of “{name}” in metres',
      trial: '{signedIn} sign-ins in the last {days} days, {beyond} of them beyond {metres} m; the farthest {farthest} m.', none: 'No sign-ins in the last {days} days.', untold: 'Sign-ins that were refused are not kept: a wider range cannot be tried.',
    },
    grids: { about: 'What grids are drawn by: one with more households than this for each of its workers is noted when a draft is checked; it blocks nothing. It holds from the next check on; published grids stay.', households: '{count} households', trial: 'With {households} for each worker, {over} of the {grids} grids in force are too large; the largest has {largest} households.' },
    risk: {
      about: 'Places are judged every hour by what was counted in a window. A change holds from the next judgement on; a shipped rule that was changed belongs to the site and survives upgrades.', add: 'Add a rule', on: 'in use', off: 'off', kind: { outbreak: 'Outbreak', cycle: 'Cycle', spread: 'Spread', backlog: 'Backlog' },
      statistic: { surge: 'times the mean of the windows before', recurrence: 'windows in a row', spread: 'places below', number: 'events' }, level: { district: 'District', street: 'Street', community: 'Community', grid: 'Grid' }, rank: { 1: 'Attention', 2: 'Warning', 3: 'Alarm' },
      sums: '{measure} · windows of {days} days, {compared} before, at least {minimum}', sumsAlone: '{measure} · {days} days, at least {minimum}', reaches: '{statistic}: {thresholds}', thresholds: 'attention {attention} · warning {warning} · alarm {alarm}', columns: { rule: 'Rule', sums: 'What is counted', thresholds: 'Levels of risk from', levels: 'Areas', by: 'Last set', acts: 'Acts' },
      allTypes: 'all types', addType: 'Only a type…', removeType: 'Take out “{name}”', codeHint: 'a–z first, then a–z, 0–9 and _; cannot be changed later', newRule: 'New rule',
      trial: {
        title: 'On the last four weeks', week: 'As of {time}', level: 'At this moment, by level', now: 'In force', then: 'Draft', cell: '{places} places / {events} events', none: 'none', places: 'A place is an area × type that reaches the level of risk; events are those counted there, at the narrowest level chosen.', cut: 'Only the 200 places with most events are taken at each level.', ranks: 'Level of risk',
        judged: 'What is counted is a minute old at most.',
      },
    },
    history: { empty: 'Nothing was changed yet', when: 'When', who: 'Who', what: 'Which rule', changed: 'What', from: '{field}: {before} → {after}', to: '{field}: {after}', none: 'none', usualList: 'the usual list', yes: 'yes', no: 'no' },
  },
}

export default messages
