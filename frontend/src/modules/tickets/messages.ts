import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '部门工单',
    box: { to_sign: '待签收', handling: '处置中', rework: '返工', done: '已处置待核查', closed: '已结案' },
    boxes: '工单分类',
    list: '工单列表',
    empty: { to_sign: '没有待签收的工单', handling: '没有处置中的工单', rework: '没有返工的工单', done: '没有待核查的工单', closed: '还没有结案的工单' },
    photos: '{count} 张', what: '工单', whatList: '工单列表', none: '从列表选择一张工单', more: '载入更多', back: '返回列表',
    fact: { number: '案件编号', type: '类型', place: '地点', reported: '上报时间', condition: '立案条件', limit: '处置时限', role: '本部门', unit: '承办', lead: '主办', co: '协办', source: '来源', description: '情况' },
    rework: '返工：上次核查未通过，请看办理记录中的理由后重新处置。', map: '案件位置',
    keys: '快捷键：J K 选择 · Q 签收 · R 反馈 · Ctrl+Enter 提交',
  },
  en: {
    title: 'Department tickets',
    box: { to_sign: 'To sign', handling: 'In hand', rework: 'Rework', done: 'Done, to be checked', closed: 'Closed' },
    boxes: 'Ticket boxes',
    list: 'Tickets',
    empty: { to_sign: 'Nothing to sign', handling: 'Nothing in hand', rework: 'No rework', done: 'Nothing waits for a check', closed: 'Nothing is closed yet' },
    photos: '{count} photos', what: 'The ticket', whatList: 'The list', none: 'Choose a ticket from the list', more: 'Load more', back: 'Back to the list',
    fact: { number: 'Event number', type: 'Type', place: 'Place', reported: 'Reported', condition: 'Condition', limit: 'Handling limit', role: 'Your part', unit: 'Held by', lead: 'lead', co: 'co-handling', source: 'Source', description: 'What is wrong' },
    rework: 'Rework: the last check failed. See the reason in the history and handle it again.', map: 'Where it is',
    keys: 'Keys: J K choose · Q sign · R report · Ctrl+Enter send',
  },
}

export default messages
