import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '算法', title: '视频算法', what: '算法', all: '全部算法', about: '每个算法看什么、看不见什么、用什么模型、实测准不准。准确率由人的核实结果算出，不是厂家标称。',
    suspected: '只报疑似', suspectedAbout: '现有模型不能直接认出它，只能由旁证推断：告警写明“疑似”，一律由人核实，平台从不自动确认。', confirmedAbout: '告警须由人核实；只有达到设定的实测准确率后，平台才可按设置自动确认。', person: '涉及人', personAbout: '找到的是人的行为：只看有没有人，不识别、不比对、不记录是谁。',
    ready: '可以运行', missing: '缺少模型，不运行', sees: '看什么', limits: '看不见什么', model: '模型与许可证', none: '没有已登记的模型认识所需的目标。', noModelNeeded: '不需要模型，只比较画面。', targets: '寻找的目标',
    modelState: { ready: '已安装', missing: '未安装', not_accepted: '许可证尚未接受' }, optIn: '该模型须由管理员明确选择后才安装。',
    parameters: '起始参数', parameter: '参数', usual: '默认', low: '低灵敏度', high: '高灵敏度', night: '夜间', range: '范围', coolDown: '报过一次后 {seconds} 秒内不再报', level: '默认级别：{name}', type: '默认案件类型：{name}', help: '说明',
    precision: '实测准确率', precisionAbout: '近 {days} 天由人核实的告警；括号内为 95% 置信区间。', noSample: '近 {days} 天还没有核实过的告警，准确率未知。', thin: '样本少于 20，数字仅供参考。', figure: '{ratio}（{lower}–{upper}），核实 {sample} 条：属实 {confirmed}，误报 {dismissed}', forbidden: '您的岗位不能查看准确率。', review: '去核实告警',
    join: '、', colon: '：', byCamera: '各摄像机', cameras: '使用它的摄像机', noCameras: '还没有摄像机使用它。', counts: '{cameras} 台摄像机，{zones} 个区域，其中 {watching} 个在用', camera: '摄像机', zones: '区域', area: '位置', on: '在用', share: '属实率', sample: '样本', edit: '编辑区域', off: '停用', more: '只列出前 {count} 台',
  },
  en: {
    nav: 'Algorithms', title: 'Video algorithms', what: 'the algorithms', all: 'All algorithms', about: 'What each algorithm sees, what it cannot, which model it needs and how often it has been right. Precision is worked out of what people decided, not of what a maker claims.',
    suspected: 'suspicion only', suspectedAbout: 'No available model recognises it as such; it is inferred from signs. Its alerts say "suspected", always go to a person, and are never confirmed by the platform.', confirmedAbout: 'A person confirms its alerts; the platform may do so only where a precision that was set has been measured.', person: 'about people', personAbout: 'What it finds is a person\'s doing: it sees that somebody is there and never recognises, compares or records who.',
    ready: 'ready to run', missing: 'model missing: does not run', sees: 'What it sees', limits: 'What it cannot see', model: 'Model and licence', none: 'No registered model knows what it looks for.', noModelNeeded: 'It needs no model: it compares pictures.', targets: 'Looks for',
    modelState: { ready: 'here', missing: 'not here', not_accepted: 'licence not accepted' }, optIn: 'This model is installed only when an administrator chooses it.',
    parameters: 'Starting parameters', parameter: 'Parameter', usual: 'Usual', low: 'Low sensitivity', high: 'High sensitivity', night: 'By night', range: 'Range', coolDown: 'quiet for {seconds} seconds after an alert', level: 'usual level: {name}', type: 'usual event type: {name}', help: 'About',
    precision: 'Measured precision', precisionAbout: 'Alerts of the last {days} days that people judged; in brackets the 95 % interval.', noSample: 'Nobody has judged an alert in the last {days} days: the precision is unknown.', thin: 'Fewer than 20 judgements: take the figure as a hint.', figure: '{ratio} ({lower}–{upper}) of {sample} judged: {confirmed} right, {dismissed} wrong', forbidden: 'Your role does not see precision.', review: 'Judge alerts',
    join: ', ', colon: ': ', byCamera: 'By camera', cameras: 'Cameras that use it', noCameras: 'No camera uses it yet.', counts: '{cameras} cameras, {zones} zones, {watching} of them on', camera: 'Camera', zones: 'Zones', area: 'Where', on: 'On', share: 'Right', sample: 'Judged', edit: 'Edit zones', off: 'off', more: 'Only the first {count} are listed',
  },
}

export default messages
