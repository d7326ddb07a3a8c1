import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '部门工单',
    box: { to_sign: '待签收', handling: '处置中', rework: '返工', co: '协办', suspended: '挂账', done: '已处置待核查', replies: '督办待回复', asking: '申请中', closed: '已结案' },
    boxes: '工单分类',
    list: '工单列表',
    empty: {
      to_sign: '没有待签收的工单', handling: '没有处置中的工单', rework: '没有返工的工单', co: '没有协办的工单', suspended: '没有挂账的工单', done: '没有待核查的工单', replies: '没有待回复的催督办',
      asking: '没有待批的申请', closed: '还没有结案的工单',
    },
    search: '搜索编号、事项、地点',
    bulk: { all: '全选', tick: '选中工单 {number}', ticked: '已选 {count} 张', sign: '批量签收 {count}', assign: '批量交办 {count}…', none: '取消选择', file: '所选 {format}', done: '已{what} {count} 张' },
    column: {
      number: '编号', title: '事项', type: '类型', level: '级别', place: '地点', unit: '承办部门', role: '主协办', state: '状态', issued: '派遣时间', signed: '签收时间', done: '办结时间', due: '时限', team: '承办人',
      note: '派遣说明', result: '处置结果',
    },
    print: {
      one: '打印', many: '打印', now: '打印 {count} 张', none: '没有要打印的工单', title: '{unit} · 处置工单', due: '{time} 前办结', code: '工单 {number} 的二维码', note: '派遣说明', result: '处置结果',
      handler: '处置人', when: '时间', phone: '联系电话', printed: '打印时间 {time}',
    },
    replyBy: '{time} 前回复催督办', team: '交办 {name}', legs: '其他承办', returned: '已回退：{reason}', waived: '已免办：{reason}',
    photos: '{count} 张', what: '工单', whatList: '工单列表', none: '从列表选择一张工单', more: '载入更多', back: '返回列表',
    fact: { number: '案件编号', type: '类型', place: '地点', unitGrid: '单元网格', component: '部件', reported: '上报时间', condition: '立案条件', limit: '处置时限', role: '本部门', unit: '承办', lead: '主办', co: '协办', source: '来源', description: '情况' },
    rework: '返工：上次核查未通过，请看办理记录中的理由后重新处置。', map: '案件位置',
    keys: 'J K 选择 · Q 签收 · A 交办 · R 反馈/回复 · D 延期 · B 回退 · X 勾选',
  },
  en: {
    title: 'Department tickets',
    box: { to_sign: 'To sign', handling: 'In hand', rework: 'Rework', co: 'Co-handling', suspended: 'Suspended', done: 'To be checked', replies: 'Replies due', asking: 'Asking', closed: 'Closed' },
    boxes: 'Ticket boxes',
    list: 'Tickets',
    empty: {
      to_sign: 'Nothing to sign', handling: 'Nothing in hand', rework: 'No rework', co: 'Nothing to help with', suspended: 'Nothing is suspended', done: 'Nothing waits for a check', replies: 'No reply is due',
      asking: 'No request waits', closed: 'Nothing is closed yet',
    },
    search: 'Search number, title, place',
    bulk: { all: 'All', tick: 'Ticket {number}', ticked: '{count} chosen', sign: 'Sign {count}', assign: 'Assign {count} to…', none: 'Choose none', file: 'Chosen as {format}', done: '{what}: {count} tickets' },
    column: {
      number: 'Number', title: 'Title', type: 'Type', level: 'Level', place: 'Place', unit: 'Department', role: 'Part', state: 'State', issued: 'Issued', signed: 'Signed', done: 'Done', due: 'Due', team: 'Team',
      note: 'Note', result: 'Result',
    },
    print: {
      one: 'Print', many: 'Print', now: 'Print {count}', none: 'There is nothing to print', title: '{unit} · ticket', due: 'due {time}', code: 'Code of ticket {number}', note: 'Note', result: 'Result',
      handler: 'Handled by', when: 'Time', phone: 'Telephone', printed: 'Printed {time}',
    },
    replyBy: 'reply by {time}', team: 'with {name}', legs: 'Others who handle it', returned: 'Returned: {reason}', waived: 'Waived: {reason}',
    photos: '{count} photos', what: 'The ticket', whatList: 'The list', none: 'Choose a ticket from the list', more: 'Load more', back: 'Back to the list',
    fact: { number: 'Event number', type: 'Type', place: 'Place', unitGrid: 'Unit grid', component: 'Component', reported: 'Reported', condition: 'Condition', limit: 'Handling limit', role: 'Your part', unit: 'Held by', lead: 'lead', co: 'co-handling', source: 'Source', description: 'What is wrong' },
    rework: 'Rework: the last check failed. See the reason in the history and handle it again.', map: 'Where it is',
    keys: 'J K choose · Q sign · A assign · R report/reply · D extend · B return · X tick',
  },
}

export default messages
