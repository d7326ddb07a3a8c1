import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '自动判定与立案',
    about: '按人的判定实测：近若干天内每个“来源 × 规则”的告警中，判为属实的占比及其 95% 置信区间下限（Wilson）。下限达到要求、由管理员启用后，平台才自动判定；低于要求自行停用。涉及对人的决定一律由人作出。',
    rule: '来源与规则', figure: '近 {days} 天实测', asked: '要求', may: '现在', platform: '自动办理', state: { none: '未设置', off: '停用', on: '启用', stopped: '已自动停用' },
    ratio: '属实 {confirmed}，误报 {dismissed}', lower: '属实率下限 {lower}%', noFigure: '还没有人判定过', least: '下限 ≥ {precision}%，样本 ≥ {sample} 条', leastNeeded: '即使全部属实，也至少要有 {needed} 条由人判定才能达到',
    confirmed: '自动属实 {count}', sampled: '抽样交人 {count}', left: '留给人 {count}', edited: '{by} {time}设置', switched: '{by} {time}启用', stopped: '{time}自动停用：下限 {lower}%',
    confirms: '自动判定属实', files: '自动立案', filesUnder: '立案条件：{condition}', filesAbove: '场景要求下限 ≥ {precision}%',
    yes: '自动判定', yesFiled: '自动判定并立案', onlyFiled: '自动立案',
    lacks: { no_sample: '还没有样本，不能启用', too_few: '样本不足，不能启用', below: '下限低于要求，不能启用', none: '已达到要求，可以启用' },
    why: {
      off: '未启用', stopped: '已自动停用，由人核实', no_scenario: '没有场景以此为触发，由人核实', about_person: '涉及对人的决定，必须由人作出', suspected: '只报疑似，必须由人核实', no_sample: '还没有样本', too_few: '样本不足，暂由人核实', below: '属实率下限低于要求',
      not_declared: '场景没有写明自动立案', no_condition: '场景没有写明立案条件',
    },
    act: { set: '设置', open: '设置“{name}”', save: '保存', saved: '已保存', on: '启用', off: '停用', preview: '试算', previewing: '正在试算…', close: '关闭' },
    field: { percent: '属实率下限不低于（%）', sample: '最少样本（条）', days: '统计天数', audit: '抽样交人比例（%）', previewDays: '试算最近（天）', does: '做什么' },
    fault: { percent: '须大于 50、小于 100', sample: '10 至 100000 的整数', days: '1 至 366 的整数', audit: '1 至 100 的整数', does: '至少选一项' },
    unsaved: '有未保存的修改，保存后才能启用', onNow: '正在启用：停用后才能修改', readOnly: '您可以查看；修改和启停需要系统管理员或区级值班长',
    preview: {
      title: '试算：最近 {days} 天', told: '共 {examined} 条告警，其中 {automatic} 条会被自动判定，{sampled} 条抽样交人', of: '自动判定的告警中，人判定属实 {confirmed} 条，误报 {dismissed} 条，无人判定 {undecided} 条',
      none: '没有告警会被自动判定', truncated: '告警太多，只看了最近的一部分', wrong: '会被误判为属实的告警（{count} 条）', reason: '人的理由：{reason}',
    },
    scenarios: '各场景实测（近 {days} 天）', scenario: '场景', person: '对人的决定：由人作出', declared: '写明自动立案', notDeclared: '未写明自动立案',
    routing: '自动派遣规则实测（近 {days} 天）', routingAbout: '规则指定的部门最终承办的占比。平台自动立案的案件，只有规则达到同样要求才自动派遣，否则等派遣员。', routingRule: '规则', empty: '还没有来源与规则',
  },
  en: {
    title: 'Automatic confirming and filing',
    about: 'Measured by what people decided: of the alerts of each source × rule in the last days, how many were true, and the lower bound of the 95% interval (Wilson). Only where the bound reaches what is asked and an administrator has switched it on does the platform confirm by itself; it switches itself off when the bound falls below. A decision about a person is never automatic.',
    rule: 'Source and rule', figure: 'Measured, {days} days', asked: 'Asked', may: 'Now', platform: 'Done by itself', state: { none: 'not set', off: 'off', on: 'on', stopped: 'switched itself off' },
    ratio: '{confirmed} true, {dismissed} false', lower: 'at least {lower}%', noFigure: 'Nobody has judged any yet', least: 'at least {precision}% over {sample} or more', leastNeeded: 'Were all of them true, it would still take {needed} that people judged',
    confirmed: '{count} confirmed', sampled: '{count} put before a person', left: '{count} left to people', edited: 'set by {by} {time}', switched: 'switched on by {by} {time}', stopped: 'switched itself off {time}: at least {lower}%',
    confirms: 'Confirm by itself', files: 'File by itself', filesUnder: 'Filed under: {condition}', filesAbove: 'the scenario asks for at least {precision}%',
    yes: 'Confirms by itself', yesFiled: 'Confirms and files by itself', onlyFiled: 'Files by itself',
    lacks: { no_sample: 'Nothing judged yet: cannot be switched on', too_few: 'Too few judged: cannot be switched on', below: 'Less precise than asked: cannot be switched on', none: 'Measured well enough to be switched on' },
    why: {
      off: 'Not switched on', stopped: 'Switched itself off: people decide', no_scenario: 'No scenario is triggered by it: people decide', about_person: 'Decides about a person: people decide', suspected: 'Only a suspicion: people decide', no_sample: 'Nothing was judged yet', too_few: 'Too few were judged: people decide for now', below: 'Less precise than asked',
      not_declared: 'The scenario declares no filing', no_condition: 'The scenario names no condition',
    },
    act: { set: 'Set', open: 'Set “{name}”', save: 'Save', saved: 'Saved', on: 'Switch on', off: 'Switch off', preview: 'Try on the past', previewing: 'Trying…', close: 'Close' },
    field: { percent: 'Precision at least (%)', sample: 'Judged at least', days: 'Over days', audit: 'Put before a person (%)', previewDays: 'Try the last days', does: 'What it does' },
    fault: { percent: 'above 50 and below 100', sample: 'a whole number from 10 to 100000', days: 'a whole number from 1 to 366', audit: 'a whole number from 1 to 100', does: 'choose at least one' },
    unsaved: 'There are unsaved changes: save before switching on', onNow: 'In force: switch it off to edit', readOnly: 'You may look; changing needs a system administrator or a district duty chief',
    preview: {
      title: 'On the last {days} days', told: 'Of {examined} alerts {automatic} would have been confirmed by themselves, {sampled} put before a person', of: 'Of the automatic ones people found {confirmed} true and {dismissed} false; {undecided} nobody judged',
      none: 'No alert would have been automatic', truncated: 'Too many alerts: only the newest were looked at', wrong: 'Would have been confirmed wrongly ({count})', reason: 'reason given: {reason}',
    },
    scenarios: 'Scenarios as measured ({days} days)', scenario: 'Scenario', person: 'About a person: people decide', declared: 'Declares filing', notDeclared: 'Declares no filing',
    routing: 'Rules that dispatch by themselves, as measured ({days} days)', routingAbout: 'How often the department a rule names is the one that takes the event on. What the platform filed is dispatched only by a rule that stands above the same limits; otherwise it waits for a dispatcher.', routingRule: 'Rule', empty: 'No source or rule yet',
  },
}

export default messages
