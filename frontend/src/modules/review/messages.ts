import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '视频核实', title: '视频告警核实', quality: '算法质量', what: '待核实的告警', facts: '告警信息', answers: '判定', evidence: '证据', clip: '视频片段', progress: '核实进度',
    left: '待核实 {count} 条', done: '本次已判定 {count} 张', empty: '没有待核实的视频告警', held: '{names} 正在核实这张', suspected: '疑似，由人判定',
    camera: '摄像机', zone: '区域', place: '位置', when: '时间', lasted: '已持续', seconds: '{count} 秒', confidence: '置信度', past: '该机近 90 天', pastRatio: '属实率 {ratio}%（属实 {confirmed}，误报 {dismissed}）', noPast: '还没有人判定过',
    burst: '同一处连续 {count} 条，共出现 {seen} 次，一并判定', burstTimes: '逐条查看', seen: '共出现 {count} 次', limits: '该算法看不见什么',
    yes: '属实', no: '误报，原因：', undo: '撤销', undoLeft: '撤销（{seconds} 秒内）', skip: '稍后再看', letters: '单键快捷键',
    choice: {
      mode: { presence: '闯入', dwell: '滞留', crossing: '越线', vehicle: '车摊', goods: '地摊', either: '车摊或地摊', colour: '变色', flow: '流动', colour_or_flow: '变色或流动', tanker: '罐车停靠', bank: '岸边停留', person: '有人停留' },
      direction: { both: '双向', to_left: '向左', to_right: '向右' },
    },
    tab: { precision: '属实率', replay: '回放试算', trials: '试运行' },
    by: '统计维度', days: '时间', lastDays: '近 {days} 天', csv: '导出 CSV', whole: '合计属实率 {ratio}%（95% 区间 {bounds}，判定 {sample} 条）', noFigures: '这段时间没有视频告警', alerts: '告警',
    grouping: { pair: '算法 × 摄像机', algorithm: '算法', camera: '摄像机', hour: '时段', algorithm_hour: '算法 × 时段' },
    column: { algorithm: '算法', camera: '摄像机', hour: '时段', alerts: '告警', waiting: '待核实', confirmed: '属实', dismissed: '误报', ratio: '属实率', lower: '下限', upper: '上限', bounds: '95% 区间', what: '变化', moment: '时间', alert: '告警编号', verdict: '判定' },
    state: { open: '待核实', confirmed: '属实', dismissed: '误报', expired: '已失效' },
    verdict: { confirmed: '属实', dismissed: '误报', none: '未判定' },
    sensitivity: { low: '低', normal: '中', high: '高' },
    replay: {
      hint: '换一套参数、灵敏度或算法，在过去几天的检测记录上重算一遍，与实际告警和人工判定对比；不保存任何改动。', sensitivity: '灵敏度', days: '回放天数', run: '回放试算', trial: '转入试运行', noZone: '该摄像机还没有监测区域',
      keeps: '检测记录保留 {days} 天，自 {first} 起共 {size}，每天约 {day}', nothing: '还没有保留该摄像机的检测记录', progress: '回放进度', earlier: '以前的回放', result: '回放结果', watched: '回放了 {time} 的检测记录（{looks} 次分析）',
      total: '合计', raised: '实际告警', kept: '仍会告警', lost: '不再告警', new: '新增告警', newAsNow: '其中 {count} 条现有设置也会触发（当时并入已有告警或在冷却期内）', wouldBe: '回放触发', asItIs: '现有设置回放触发 {count} 次',
      now: '现有属实率', then: '预计属实率', trust: '可信程度', reproduced: '现有设置的回放重现了 {share}% 的实际告警', losesCases: '注意：会漏掉 {count} 条已判定属实的告警。', neverSeen: '这段时间从未识别到：{words}。', uncovered: '{count} 条告警发生时没有检测记录，未计入对比。', list: '逐条变化', alert: '告警 {id}', asNow: '现有设置也会触发',
      state: { queued: '排队中', running: '回放中', done: '已完成', failed: '失败', cancelled: '已取消' }, problem: { needs_pictures: '该规则要比对画面，不能回放', interrupted: '执行中断，多次重试未完成', fault: '系统出错，请稍后重试' },
    },
    trial: {
      hint: '试运行的区域照常分析，但不产生告警；发现单独记录，只留一张截图。', empty: '没有试运行中的区域', against: '对比：{name}', alone: '没有对比的区域', found: '自 {since} 起发现 {count} 次', none: '还没有发现', report: '对比报告', since: '自 {since} 起；试运行的发现和截图保留 {days} 天',
      both: '两者都发现', onlyActive: '只有现有区域发现', onlyTrial: '只有试运行发现', tally: '{total}（属实 {confirmed}，误报 {dismissed}）', then: '试运行也发现的，其属实率', still: '{time} 的截图', same: '现有区域也告警', alone1: '只有试运行发现', replaces: '启用后停用“{name}”', switchOn: '正式启用', end: '结束试运行',
    },
  },
  en: {
    nav: 'Review', title: 'Review of video alerts', quality: 'Algorithm quality', what: 'The queue', facts: 'About the alert', answers: 'Judgement', evidence: 'Evidence', clip: 'Clip', progress: 'Progress',
    left: '{count} to judge', done: '{count} judged now', empty: 'No video alert waits for a judgement', held: '{names} is looking at this one', suspected: 'Suspected: a person decides',
    camera: 'Camera', zone: 'Zone', place: 'Place', when: 'When', lasted: 'Lasted', seconds: '{count} s', confidence: 'Confidence', past: 'This camera, 90 days', pastRatio: '{ratio}% true ({confirmed} true, {dismissed} false)', noPast: 'Nobody has judged any yet',
    burst: '{count} in a row at one place, seen {seen} times: judged together', burstTimes: 'Look at each', seen: 'seen {count} times', limits: 'What this algorithm cannot see',
    yes: 'True', no: 'False, because:', undo: 'Undo', undoLeft: 'Undo (within {seconds} s)', skip: 'Later', letters: 'Single-key shortcuts',
    choice: {
      mode: { presence: 'presence', dwell: 'stay', crossing: 'crossing', vehicle: 'vehicle', goods: 'goods', either: 'vehicle or goods', colour: 'colour', flow: 'flow', colour_or_flow: 'colour or flow', tanker: 'tanker beside it', bank: 'stay at the bank', person: 'person stays' },
      direction: { both: 'both ways', to_left: 'to the left', to_right: 'to the right' },
    },
    tab: { precision: 'Precision', replay: 'Replay', trials: 'On trial' },
    by: 'By', days: 'Time', lastDays: 'last {days} days', csv: 'CSV', whole: 'In all {ratio}% true (95% interval {bounds}, {sample} judged)', noFigures: 'No video alerts in this time', alerts: 'Alerts',
    grouping: { pair: 'algorithm × camera', algorithm: 'algorithm', camera: 'camera', hour: 'hour of day', algorithm_hour: 'algorithm × hour' },
    column: { algorithm: 'Algorithm', camera: 'Camera', hour: 'Hour', alerts: 'Alerts', waiting: 'Waiting', confirmed: 'True', dismissed: 'False', ratio: 'Precision', lower: 'Lower bound', upper: 'Upper bound', bounds: '95% interval', what: 'Change', moment: 'When', alert: 'Alert', verdict: 'Judged' },
    state: { open: 'waiting', confirmed: 'true', dismissed: 'false', expired: 'expired' },
    verdict: { confirmed: 'true', dismissed: 'false', none: 'not judged' },
    sensitivity: { low: 'low', normal: 'normal', high: 'high' },
    replay: {
      hint: 'Other parameters, another sensitivity or algorithm, worked out over what was seen in the past days and compared with the alerts and what people made of them. Nothing is saved.', sensitivity: 'Sensitivity', days: 'Days', run: 'Replay', trial: 'Put on trial', noZone: 'This camera has no zones yet',
      keeps: 'What was seen is kept for {days} days: {size} since {first}, about {day} a day', nothing: 'Nothing is kept of what this camera saw yet', progress: 'Progress of the replay', earlier: 'Earlier replays', result: 'Result of the replay', watched: 'Replayed {time} ({looks} looks)',
      total: 'Total', raised: 'Alerts raised', kept: 'Still raised', lost: 'No more raised', new: 'New', newAsNow: '{count} of them are told as it is, too (they fell into an open alert or a cool-down)', wouldBe: 'Told in the replay', asItIs: '{count} as it is now',
      now: 'Precision now', then: 'Precision expected', trust: 'Trust', reproduced: 'As it is, the replay tells {share}% of the alerts again', losesCases: 'Mind: {count} alerts that were found true would be lost.', neverSeen: 'Never seen in this time: {words}.', uncovered: '{count} alerts were raised while nothing was kept, and are left out.', list: 'Each change', alert: 'alert {id}', asNow: 'told as it is, too',
      state: { queued: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Cancelled' }, problem: { needs_pictures: 'The rule compares pictures and cannot be replayed', interrupted: 'It was interrupted again and again', fault: 'Something went wrong; try again later' },
    },
    trial: {
      hint: 'A zone on trial watches and raises nothing; what it finds is kept apart, with one still.', empty: 'No zone is on trial', against: 'against {name}', alone: 'compared with none', found: '{count} findings since {since}', none: 'Nothing found yet', report: 'Comparison', since: 'Since {since}; findings and stills of trials are kept for {days} days',
      both: 'Both', onlyActive: 'Only the zone in force', onlyTrial: 'Only the trial', tally: '{total} ({confirmed} true, {dismissed} false)', then: 'Precision of what the trial found as well', still: 'Still of {time}', same: 'raised by the zone in force, too', alone1: 'only the trial', replaces: 'Switch “{name}” off with it', switchOn: 'Switch on', end: 'End the trial',
    },
  },
}

export default messages
