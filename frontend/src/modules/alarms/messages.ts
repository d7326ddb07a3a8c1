import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '告警管理', title: '告警管理',
    tab: { shelf: '搁置', out: '停用', sources: '告警源' },
    shelf: {
      title: '搁置的告警', what: '搁置的告警', empty: '当前没有搁置的告警', until: '至 {time}，还剩 {left}', by: '{by} 搁置：{reason}', seen: '搁置期间又出现，共 {count} 次', over: '情况已恢复',
      takeOff: '取消搁置', open: '在调度台打开', hint: '到时自动回到队列；期间只累计次数，不闪烁、不响铃、不升级。', button: '搁置 {count}',
    },
    out: {
      title: '停用的告警源', what: '停用的告警源', empty: '没有停用的告警源', emptyBack: '没有恢复使用的记录', state: '显示', out: '停用中', back: '已恢复使用', overdue: '{count} 个超过复核期限', source: '告警源', since: '停用', days: '{count} 天',
      reason: '理由', review: '复核', reviewDue: '应于 {date} 前复核', reviewOverdue: '复核已超期 {count} 天', reviewed: '{by} {date} 复核', findings: '期间发现', last: '最近 {time}', none: '无', times: '{count} 次',
      act: { review: '复核：继续停用', put_back: '恢复使用' }, note: '说明（选填）', send: '提交', putBack: '{by} {time} 恢复使用', takenOut: '{by} {date}', action: '操作',
    },
    sources: {
      title: '近期告警与其来源', what: '近期告警', empty: '近期没有告警', hint: '停用一个摄像机与算法（或其他来源与规则）后，其发现只计数，不再产生告警；每月复核。', isOut: '已停用', takeOut: '停用此告警源', reason: '停用理由（必填）', send: '停用', found: '{time} 发现', seen: '{count} 次',
      only: '只有网格管理员和系统管理员可以停用。',
    },
  },
  en: {
    nav: 'Alarms', title: 'Alarms',
    tab: { shelf: 'Shelved', out: 'Out of service', sources: 'Sources' },
    shelf: {
      title: 'Shelved alerts', what: 'The shelf', empty: 'No alert is shelved', until: 'until {time}, {left} left', by: 'shelved by {by}: {reason}', seen: 'seen again, {count} times in all', over: 'It is over',
      takeOff: 'Take off the shelf', open: 'Open at the desk', hint: 'They come back by themselves; until then they only count, and neither flash, sound nor escalate.', button: 'Shelved {count}',
    },
    out: {
      title: 'Sources out of service', what: 'Sources out of service', empty: 'No source is out of service', emptyBack: 'None was put back', state: 'Show', out: 'out of service', back: 'put back', overdue: '{count} reviews overdue', source: 'Source', since: 'Since', days: '{count} days',
      reason: 'Reason', review: 'Review', reviewDue: 'due by {date}', reviewOverdue: 'overdue by {count} days', reviewed: 'by {by} {date}', findings: 'Findings', last: 'last {time}', none: 'none', times: '{count}×',
      act: { review: 'Reviewed: stays out', put_back: 'Put back' }, note: 'Remark (optional)', send: 'Send', putBack: 'put back by {by} {time}', takenOut: '{by} {date}', action: 'Actions',
    },
    sources: {
      title: 'Recent alerts and their sources', what: 'Recent alerts', empty: 'No recent alert', hint: 'When a camera and its algorithm (or another source and rule) are taken out, what they find is counted and raises no alert. Reviewed every month.', isOut: 'Out of service', takeOut: 'Take the source out', reason: 'Reason (required)', send: 'Take out', found: 'found {time}', seen: '{count}×',
      only: 'Grid and system administrators take sources out.',
    },
  },
}

export default messages
