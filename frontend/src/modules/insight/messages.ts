import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '分析', title: '分析考核', what: '考核数据', loading: '正在载入…', filters: '筛选条件',
    tab: { running: '运行', handling: '处置', repeats: '重复', assessment: '考核', risk: '风险', alarms: '告警质量' },
    area: '区域', everywhere: '全部辖区', kind: '类型', all: '全部', source: '来源', unit: '主办部门', asTable: '表格', csvOf: '导出 CSV：{title}', truncated: '只列出最多的 200 处，请缩小筛选范围',
    subject: '评价对象', subjects: { area: '区域', department: '部门', acceptor: '受理员', dispatcher: '派遣员', checker: '核查员', collector: '上报人' },
    period: '统计时段', first: '开始日期', last: '结束日期', span: { 1: '今天', 7: '近 7 天', 30: '近 30 天', 90: '近 90 天' },
    boundaries: '区划', boundary: { then: '当时的区划', present: '现行区划' }, boundaryHint: { then: '案件算在发生时所在的区域；已撤并的区域单独列出。', present: '已撤并区域的案件算入承接其大部分土地的现行区域。' },
    compare: '对比', compares: { none: '不对比', before: '环比', year: '同比' },
    old: '读取失败，显示的是 {time} 读到的数据。', wrongPeriod: '结束日期须在开始日期之后，且不超过 366 天。', readUntil: '历史统计至 {time}', notRead: '历史尚未统计，约一分钟后可见', exempt: '申诉成立的案件不计入考核',
    empty: '这段时间没有可统计的案件', none: '无数据', whole: '合计', name: '对象', export: '导出 CSV', better: '好于对比期', worse: '差于对比期', before: '对比期 {value}', up: '上一级',
    cell: '{name}：{indicator} {value}，查看案件', formula: '公式', measures: '构成', behind: '{name} · {measure}', close: '关闭', more: '载入更多', noEvents: '没有案件', behindNumbers: '数字背后的案件', noAlerts: '没有告警', alertNumbers: '数字背后的告警', opens: '{row} {column}：{value}，查看告警', seenTimes: '出现 {count} 次', acknowledgedBy: '{name} 已确认', itsEvent: '所立案件', onTimeCount: '按期结案', wholePeriod: '整个时段', minutes: '{count} 分钟', run: '第 {run} 次办理', elsewhere: '已不在您的权限范围内',
    change: '修改公式', save: '保存公式', cancel: '取消', hint: '只能用 + - * /、括号、数字、列出的数和其他指标的代码；除数为零时显示“无数据”', saved: '公式已保存，表格按新公式计算',
    names: '可用的数（点击插入）', try: '用上月试算', tryFirst: '先用上月数据试算，再保存', trial: '{first} 至 {last} 试算', inForce: '现行', proposed: '拟改', versions: '历史版本（{count}）', shipped: '随软件提供', takeVersion: '采用此版本',
    series: {
      day: '日期', received: '上报', closed: '结案', onTime: '按期结案率', onTimePercent: '按期结案率（%）', age: '未结时长', open: '未结', forecast: '预测', band: '八成可能的范围', low: '下限', high: '上限',
      hours: '小时', step: '环节', events: '案件数', median: '中位时长', ninetieth: '九成以内', medianMinutes: '中位时长（分钟）', ninetiethMinutes: '九成以内（分钟）', share: '实际占比', target: '目标占比', level: '层级', count: '件数', sharePercent: '实际占比（%）', targetPercent: '目标占比（%）',
      operator: '值守人员', acknowledged: '确认数', meanTen: '10 分钟均值', peakTen: '10 分钟峰值', camera: '来源', rule: '规则', place: '位置', seen: '出现次数', alerts: '告警数', confirmed: '属实数', dismissed: '误报数', begins: '开始时间', falsePercent: '误报率（%）',
      kind: '类型', firstAt: '首次', lastAt: '最近', lng: '经度', lat: '纬度', riskKind: '风险类别', rank: '等级', reason: '理由',
    },
    chart: {
      volume: '每日上报与结案', onTime: '每日按期结案率', ages: '未结案件时长', forecast: '未来七天上报预测', steps: '各环节时长', stepsTable: '各环节与全程', repeats: '30 天内同地同类三次以上', repeatsMap: '重复发生地点地图',
      operators: '每人每 10 分钟告警', levels: '各级别占比与 5/15/80 目标', noisy: '告警最多的十个来源', rules: '各算法和规则', floods: '告警洪峰时段', standing: '超过 24 小时未处理',
    },
    age: { day: '一天内', three_days: '1–3 天', week: '3–7 天', month: '7–30 天', older: '30 天以上' }, lastWeek: '上周预测误差 {error}',
    step: { accept: '受理', verify: '核实', dispatch: '派遣', sign: '签收', handle: '处置', check: '核查', close: '结案', whole: '全程' }, stepsNote: '深色为中位时长，浅色为九成案件以内', noRepeats: '30 天内没有同地同类三次以上的案件',
    alarmLevel: { critical: '特急', urgent: '紧急', other: '重要和一般' },
    alarm: { raised: '告警总数', mean: '每 10 分钟均值', peak: '10 分钟峰值', floods: '告警洪峰时段占比', flooded: '洪峰中的告警', flooding: '10 分钟内超过 10 条', goal: '目标：每席每 10 分钟不超过 1 条', levels: '特急 5%，紧急 15%，其余 80%', noneStands: '没有超过 24 小时未处理的告警' },
    risk: {
      kind: { outbreak: '群体突发', cycle: '行业周期', spread: '居民扩散', backlog: '积案沉降' },
      about: { outbreak: '短时间内同类案件远多于平常', cycle: '同类案件一期又一期反复出现', spread: '同类诉求向多个社区、网格或住户扩散', backlog: '案件长期未结或结案后又重开' },
      level: { district: '区县', street: '街道', community: '社区', grid: '网格' }, rank: { 1: '关注', 2: '预警', 3: '高风险' },
      why: {
        surge: '近 {days} 天 {current} 件，前 {windows} 期均值 {usual} 件，为 {value} 倍（达到 {threshold} 倍）', recurrence: '每 {days} 天一期，连续 {value} 期达到起点数，本期 {current} 件（达到 {threshold} 期）',
        spread: '近 {days} 天 {current} 件，涉及 {value} 处（达到 {threshold} 处）', number: '{days} 天口径 {current} 件（达到 {threshold} 件）',
      },
      judged: '判定于 {time}，每小时更新', notJudged: '尚未判定', judge: '立即判定', judging: '正在判定…', said: '{rule}：{why}', none: '目前没有达到阈值的风险', noneOfKind: '没有',
    },
  },
  en: {
    nav: 'Insight', title: 'Insight', what: 'The figures', loading: 'Loading…', filters: 'Filters',
    tab: { running: 'Running', handling: 'Handling', repeats: 'Repeats', assessment: 'Assessment', risk: 'Risk', alarms: 'Alarm quality' },
    area: 'Area', everywhere: 'all my areas', kind: 'Kind', all: 'all', source: 'Channel', unit: 'Lead department', asTable: 'Table', csvOf: 'CSV: {title}', truncated: 'Only the 200 with most events are listed: narrow the filters',
    subject: 'Of whom', subjects: { area: 'Areas', department: 'Departments', acceptor: 'Acceptors', dispatcher: 'Dispatchers', checker: 'Checkers', collector: 'Reporters' },
    period: 'Period', first: 'From', last: 'To', span: { 1: 'Today', 7: '7 days', 30: '30 days', 90: '90 days' },
    boundaries: 'Areas', boundary: { then: 'of the time', present: 'of today' }, boundaryHint: { then: 'Events count in the area where they happened at the time; areas merged away since have rows of their own.', present: 'Events of an area merged away count for the present one that took most of its ground.' },
    compare: 'Compared with', compares: { none: 'nothing', before: 'the days before', year: 'a year before' },
    old: 'Could not be read again; these are the figures of {time}.', wrongPeriod: 'The period ends after it begins and has at most 366 days.', readUntil: 'History counted up to {time}', notRead: 'History has not been counted yet: look again in a minute', exempt: 'events with an upheld appeal are left out',
    empty: 'Nothing to count in this period', none: 'no data', whole: 'Whole', name: 'Name', export: 'Export CSV', better: 'better than before', worse: 'worse than before', before: 'before: {value}', up: 'One level up',
    cell: '{name}: {indicator} {value}, show its events', formula: 'Formula', measures: 'Made of', behind: '{name} · {measure}', close: 'Close', more: 'Load more', noEvents: 'No events', behindNumbers: 'The events behind the numbers', noAlerts: 'No alerts', alertNumbers: 'The alerts behind the numbers', opens: '{row} {column}: {value}, show its alerts', seenTimes: 'seen {count} times', acknowledgedBy: 'acknowledged by {name}', itsEvent: 'its event', onTimeCount: 'Closed on time', wholePeriod: 'the whole period', minutes: '{count} minutes', run: 'run {run}', elsewhere: 'no longer within your rights',
    change: 'Change the formula', save: 'Save the formula', cancel: 'Cancel', hint: 'Only + - * /, brackets, numbers, the listed measures and codes of other indicators; dividing by nothing is “no data”', saved: 'Saved: the table is computed by the new formula',
    names: 'Measures (click to insert)', try: 'Try it on last month', tryFirst: 'Try it on last month before saving', trial: 'Tried on {first} to {last}', inForce: 'in force', proposed: 'proposed', versions: 'Versions ({count})', shipped: 'came with the platform', takeVersion: 'Take this one',
    series: {
      day: 'Day', received: 'Received', closed: 'Closed', onTime: 'Closed on time', onTimePercent: 'Closed on time (%)', age: 'Open for', open: 'Open', forecast: 'Forecast', band: 'four days of five', low: 'Low', high: 'High',
      hours: 'hours', step: 'Step', events: 'Events', median: 'Median', ninetieth: 'Nine of ten within', medianMinutes: 'Median (minutes)', ninetiethMinutes: 'Nine of ten within (minutes)', share: 'Share', target: 'Target', level: 'Level', count: 'Count', sharePercent: 'Share (%)', targetPercent: 'Target (%)',
      operator: 'Operator', acknowledged: 'Acknowledged', meanTen: 'Mean in 10 min', peakTen: 'Peak in 10 min', camera: 'Source', rule: 'Rule', place: 'Place', seen: 'Times seen', alerts: 'Alerts', confirmed: 'Confirmed', dismissed: 'Dismissed', begins: 'From', falsePercent: 'False (%)',
      kind: 'Kind', firstAt: 'First', lastAt: 'Last', lng: 'Longitude', lat: 'Latitude', riskKind: 'Kind of risk', rank: 'Rank', reason: 'Reason',
    },
    chart: {
      volume: 'Received and closed by day', onTime: 'Closed on time by day', ages: 'Age of open events', forecast: 'Forecast for seven days', steps: 'Time for each step', stepsTable: 'Every step and the whole', repeats: 'Three of a kind at a place in 30 days', repeatsMap: 'Map of places where it comes again',
      operators: 'Alarms per operator and 10 minutes', levels: 'Share by level against 5/15/80', noisy: 'The ten noisiest sources', rules: 'By algorithm and rule', floods: 'Floods', standing: 'Standing for more than 24 hours',
    },
    age: { day: 'a day', three_days: '1–3 days', week: '3–7 days', month: '7–30 days', older: 'over 30 days' }, lastWeek: 'wrong by {error} last week',
    step: { accept: 'Accept', verify: 'Verify', dispatch: 'Dispatch', sign: 'Sign', handle: 'Handle', check: 'Check', close: 'Close', whole: 'Whole' }, stepsNote: 'dark: the median; pale: nine of ten', noRepeats: 'Nothing came three times to one place within 30 days',
    alarmLevel: { critical: 'critical', urgent: 'urgent', other: 'others' },
    alarm: { raised: 'Alarms', mean: 'Mean in 10 minutes', peak: 'Peak in 10 minutes', floods: 'Share of ten minutes in flood', flooded: 'Alarms in floods', flooding: 'more than ten in 10 minutes', goal: 'goal: at most one in 10 minutes for a seat', levels: 'critical 5 %, urgent 15 %, others 80 %', noneStands: 'No alarm stands for more than 24 hours' },
    risk: {
      kind: { outbreak: 'Outbreaks', cycle: 'Cycles', spread: 'Spread among residents', backlog: 'Sinking backlog' },
      about: { outbreak: 'far more of one kind than usual within a short time', cycle: 'one kind comes back window after window', spread: 'complaints of one kind reach several communities, grids or households', backlog: 'cases open for long, or opened again after closing' },
      level: { district: 'district', street: 'street', community: 'community', grid: 'grid' }, rank: { 1: 'attention', 2: 'warning', 3: 'high' },
      why: {
        surge: '{current} in {days} days, usually {usual} (mean of {windows} before): {value} times as many (threshold {threshold})', recurrence: 'windows of {days} days: {value} in a row reach the minimum, {current} in this one (threshold {threshold})',
        spread: '{current} in {days} days at {value} places (threshold {threshold})', number: '{current} over {days} days (threshold {threshold})',
      },
      judged: 'Judged at {time}, every hour', notJudged: 'Not judged yet', judge: 'Judge now', judging: 'Judging…', said: '{rule}: {why}', none: 'No risk reaches a threshold now', noneOfKind: 'none',
    },
  },
}

export default messages
