import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '时限', title: '时限与日历', what: '时限设置', tabs: '设置分类', tab: { limits: '时限与次数', steps: '超时升级', calendars: '工作日历', history: '修改记录' },
    readOnly: '您可以查看；修改需要系统管理员', about: '修改后，新开始的计时按新时限；正在走的计时不变。', edit: '修改', editOf: '修改“{name}”', save: '保存', saving: '正在保存…', cancel: '取消', usual: '默认', setUsual: '填入默认值', saved: '“{name}”已保存',
    group: { alert: '告警', case: '案件各环节', request: '申请', together: '协办', after: '结案之后', promise: '对群众的承诺', reminder: '催办、督办与扣分', similar: '相似案件' },
    column: { name: '项目', now: '现行', usual: '默认', range: '允许范围', by: '最后修改', acts: '操作' }, from: '{least}–{most}', by: '{by} · {time}', nobody: '未修改过',
    unit: { minutes: '分钟', urgent_hours: '小时（连续）', working_hours: '工作时', working_days: '工作日', calendar_days: '自然日', times: '次', units: '个', percent: '%', points: '分' },
    shown: { minutes: '{amount} 分钟', urgent_hours: '{amount} 小时', working_hours: '{amount} 工作时', working_days: '{amount} 个工作日', calendar_days: '{amount} 天', times: '{amount} 次', units: '{amount} 个', percent: '{amount}%', points: '{amount} 分' },
    amount: '数值', measure: '计量',
    fault: { number: '请填写数字', whole: '请填写整数', positive: '必须大于零', range: '须在 {least}–{most} 之间', measure: '不能按这种方式计时', empty: '请至少填写一个完整时段', backwards: '结束须晚于开始；跨零点请拆成两段', overlap: '时段不得重叠' },
    stale: { said: '内容已被他人修改，您的修改没有保存。', see: '查看最新' },
    similar: { about: '同类案件在这一范围和时间内视为可能相似。', all: '其余所有类型', type: '案件类型', metres: '距离（米）', hours: '时间（小时）', shown: '{metres} 米 · {hours} 小时', add: '为某一类型单独设定', drop: '取消单独设定', dropOf: '取消“{name}”的单独设定', dropSure: '取消后该类型按通用范围，确定吗？' },
    steps: {
      about: '计时用到所设百分比时，通知相应的人。级别越高，百分比须越高；每一级只通知一次。', usual: '默认', own: '本地', percent: '时限百分比', who: '通知谁', how: '怎样通知', urgent: '不分时段立即送达', supervises: '自动督办', add: '增加一级', remove: '删除第 {index} 级', reset: '恢复默认', empty: '没有设定，按默认各级', quiet: '按其上班时段',
      step: { handler: '承办人及其负责人', chief: '值班长', leader: '分管领导' },
    },
    calendar: {
      whose: '谁的日历', site: '全区（默认）', units: '单独设定的机构', other: '其他机构…', chooseUnit: '选择机构', hours: '每日上班时段', opens: '第 {index} 段开始', closes: '第 {index} 段结束', addPeriod: '增加时段', removePeriod: '删除第 {index} 段', follows: '按全区时段', version: '第 {version} 版', never: '未设定，按法定工作日',
      month: '月份', before: '上个月', after: '下个月', click: '点某一天：上班改为休息，休息改为上班；再点一次取消。', unpublished: '{year} 年的法定节假日尚未公布，按周一至周五上班计算。公布前可在此逐日设定。', years: '未公布节假日的年份：{years}',
      why: { work: '上班', weekend: '周末', holiday: '法定节假日', make_up: '调休上班', own: '本日历设定', site: '全区设定' }, worked: '上班', off: '休息', dayLabel: '{day}：{state}（{why}）', works_on: '加班日', rests_on: '休息日', none: '没有', removeDay: '取消 {day}',
      trial: '试算', trialAbout: '从现在起，', trialIs: '到期', save: '保存日历', follow: '保存后，正在走的计时会在一分钟内按新日历重算到期时间。', unsaved: '有未保存的修改，离开吗？', weekdays: { 1: '一', 2: '二', 3: '三', 4: '四', 5: '五', 6: '六', 7: '日' },
    },
    history: { empty: '还没有修改', when: '时间', who: '谁', what: '改了什么', before: '原来', after: '改为', kind: { clock_limit: '时限', similarity_limit: '相似案件', escalation_plan: '超时升级', calendar: '工作日历' }, dropped: '取消', unset: '默认', site: '全区', allTypes: '其余所有类型' },
  },
  en: {
    nav: 'Limits', title: 'Limits and calendars', what: 'The limits', tabs: 'What is set', tab: { limits: 'Limits', steps: 'Escalation', calendars: 'Working calendars', history: 'Changes' },
    readOnly: 'You may look; changing takes the system administrator', about: 'What starts from now on runs by the new limit; running clocks keep theirs.', edit: 'Change', editOf: 'Change “{name}”', save: 'Save', saving: 'Saving…', cancel: 'Cancel', usual: 'Usual', setUsual: 'Fill in the usual', saved: '“{name}” is saved',
    group: { alert: 'Alerts', case: 'Steps of a case', request: 'Requests', together: 'Co-handling', after: 'After closing', promise: 'Promises to citizens', reminder: 'Urging, supervision and costs', similar: 'Similar events' },
    column: { name: 'What', now: 'Now', usual: 'Usual', range: 'Allowed', by: 'Last set', acts: 'Acts' }, from: '{least}–{most}', by: '{by} · {time}', nobody: 'never set',
    unit: { minutes: 'minutes', urgent_hours: 'hours (continuous)', working_hours: 'working hours', working_days: 'working days', calendar_days: 'days', times: 'times', units: 'departments', percent: '%', points: 'points' },
    shown: { minutes: '{amount} min', urgent_hours: '{amount} h', working_hours: '{amount} working h', working_days: '{amount} working days', calendar_days: '{amount} days', times: '{amount}×', units: '{amount}', percent: '{amount}%', points: '{amount} points' },
    amount: 'Amount', measure: 'Measure',
    fault: { number: 'A number is needed', whole: 'A whole number is needed', positive: 'More than nothing', range: 'Between {least} and {most}', measure: 'Not counted in this measure', empty: 'Give at least one whole period', backwards: 'It ends after it begins; split one that crosses midnight', overlap: 'Periods may not overlap' },
    stale: { said: 'Somebody changed this meanwhile: yours was not saved.', see: 'See the latest' },
    similar: { about: 'Events of a type within these bounds may be one matter.', all: 'All other types', type: 'Event type', metres: 'Distance (m)', hours: 'Time (h)', shown: '{metres} m · {hours} h', add: 'Set one type apart', drop: 'Drop', dropOf: 'Drop the bounds of “{name}”', dropSure: 'The type then follows the bounds of all others. Drop them?' },
    steps: {
      about: 'When a clock has used the percentage, the person named is told, once each. Nobody is told before those below.', usual: 'usual', own: 'local', percent: 'Percent of the limit', who: 'Who is told', how: 'How', urgent: 'At any hour', supervises: 'Supervises', add: 'Add a step', remove: 'Remove step {index}', reset: 'Back to usual', empty: 'None set: the usual steps hold', quiet: 'in working time',
      step: { handler: 'Handler and head', chief: 'Duty chief', leader: 'Leader' },
    },
    calendar: {
      whose: 'Whose calendar', site: 'The site (usual)', units: 'Units with their own', other: 'Another unit…', chooseUnit: 'Choose a unit', hours: 'Hours of a working day', opens: 'Period {index} begins', closes: 'Period {index} ends', addPeriod: 'Add a period', removePeriod: 'Remove period {index}', follows: 'Hours of the site', version: 'version {version}', never: 'Not set: working days by law',
      month: 'Month', before: 'Month before', after: 'Month after', click: 'Choose a day to turn it round; choose it again to take that back.', unpublished: 'The holidays of {year} are not announced yet: Monday to Friday count as worked. Days can be set here meanwhile.', years: 'Years without announced holidays: {years}',
      why: { work: 'worked', weekend: 'weekend', holiday: 'public holiday', make_up: 'make-up day', own: 'set here', site: 'set for the site' }, worked: 'worked', off: 'off', dayLabel: '{day}: {state} ({why})', works_on: 'Extra working days', rests_on: 'Days off', none: 'none', removeDay: 'Take back {day}',
      trial: 'Try', trialAbout: 'From now on, ', trialIs: 'end at', save: 'Save the calendar', follow: 'Running clocks are due by the new calendar within a minute.', unsaved: 'There are unsaved changes. Leave?', weekdays: { 1: 'Mo', 2: 'Tu', 3: 'We', 4: 'Th', 5: 'Fr', 6: 'Sa', 7: 'Su' },
    },
    history: { empty: 'Nothing was changed yet', when: 'When', who: 'Who', what: 'What', before: 'Before', after: 'After', kind: { clock_limit: 'limit', similarity_limit: 'similar events', escalation_plan: 'escalation', calendar: 'calendar' }, dropped: 'dropped', unset: 'usual', site: 'the site', allTypes: 'all other types' },
  },
}

export default messages
