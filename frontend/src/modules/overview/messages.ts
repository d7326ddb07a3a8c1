import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '总览', title: '辖区总览', what: '辖区总览', trail: '所在层级', below: { district: '区县', street: '街道', community: '社区', grid: '网格' },
    table: { name: '辖区', received: '今日受理', open: '在办', overdue: '超期', rate: '结案率', caption: '{name}下级辖区' },
    alarms: '当前告警', alarmsNote: '{count} 条未确认', noAlarms: '当前没有未处理的告警', forces: '在线力量', flow: '六步闭环', trend: '受理趋势（今日 / 近7日均值）', sources: '事件来源', noSources: '今天还没有受理案件',
    events: '案件', chosen: '{what}', close: '收起', openEvent: '打开案件', none: '没有案件', more: '另有 {count} 件', level: '级别', number: '编号', what2: '案件', place: '位置', due: '时限', over: '已超期', onTimeRate: '按期办结率', late: '近 30 日逾期',
    asOf: '数据截至 {time}', unknownFigure: '地址中的“{figure}”不是本页的数字，可能是旧链接。请点上方任一数字查看它的案件。',
    bottom: '网格为最末一级：下面是它的在办案件',
  },
  en: {
    nav: 'Overview', title: 'Overview', what: 'the overview', trail: 'Where you are', below: { district: 'District', street: 'Street', community: 'Community', grid: 'Grid' },
    table: { name: 'Area', received: 'Received', open: 'Open', overdue: 'Overdue', rate: 'Closed', caption: 'Areas of {name}' },
    alarms: 'Alarms', alarmsNote: '{count} not seen', noAlarms: 'No alarm is waiting at present', forces: 'On duty', flow: 'The six stages', trend: 'Received (today / 7-day mean)', sources: 'Sources', noSources: 'No event has been received today',
    events: 'Events', chosen: '{what}', close: 'Close', openEvent: 'Open the event', none: 'No events', more: '{count} more', level: 'Level', number: 'Number', what2: 'Event', place: 'Place', due: 'Limit', over: 'overdue', onTimeRate: 'On time', late: 'Late in 30 days',
    asOf: 'as of {time}', unknownFigure: '“{figure}” in the address is no figure of this page; the link may be an old one. Press any figure above for its events.',
    bottom: 'A grid is the last level: its open events follow',
  },
}

export default messages
