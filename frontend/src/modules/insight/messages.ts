import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '考核', title: '考核评价', what: '考核数据',
    subject: '评价对象', subjects: { area: '区域', department: '部门', acceptor: '受理员', dispatcher: '派遣员', checker: '核查员', collector: '上报人' },
    period: '统计时段', first: '开始日期', last: '结束日期', span: { 1: '今天', 7: '近 7 天', 30: '近 30 天', 90: '近 90 天' },
    compare: '对比', compares: { none: '不对比', before: '环比', year: '同比' },
    wrongPeriod: '结束日期须在开始日期之后，且不超过 366 天。', readUntil: '历史统计至 {time}', notRead: '历史尚未统计，约一分钟后可见', exempt: '申诉成立的案件不计入考核',
    empty: '这段时间没有可统计的案件', none: '无数据', whole: '合计', name: '对象', export: '导出 CSV', better: '好于对比期', worse: '差于对比期', before: '对比期 {value}', up: '上一级',
    cell: '{name}：{indicator} {value}，查看案件', formula: '公式', measures: '构成', behind: '{name} · {measure}', close: '关闭', more: '载入更多', noEvents: '没有您可见的案件', minutes: '{count} 分钟',
    change: '修改公式', save: '保存公式', cancel: '取消', hint: '只能用 + - * /、括号、数字和列出的数', saved: '公式已保存，表格按新公式计算',
  },
  en: {
    nav: 'Assessment', title: 'Assessment', what: 'The assessment',
    subject: 'Of whom', subjects: { area: 'Areas', department: 'Departments', acceptor: 'Acceptors', dispatcher: 'Dispatchers', checker: 'Checkers', collector: 'Reporters' },
    period: 'Period', first: 'From', last: 'To', span: { 1: 'Today', 7: '7 days', 30: '30 days', 90: '90 days' },
    compare: 'Compared with', compares: { none: 'nothing', before: 'the days before', year: 'a year before' },
    wrongPeriod: 'The period ends after it begins and has at most 366 days.', readUntil: 'History counted up to {time}', notRead: 'History has not been counted yet: look again in a minute', exempt: 'events with an upheld appeal are left out',
    empty: 'Nothing to count in this period', none: 'no data', whole: 'Whole', name: 'Name', export: 'Export CSV', better: 'better than before', worse: 'worse than before', before: 'before: {value}', up: 'One level up',
    cell: '{name}: {indicator} {value}, show its events', formula: 'Formula', measures: 'Made of', behind: '{name} · {measure}', close: 'Close', more: 'Load more', noEvents: 'No event that you may see', minutes: '{count} minutes',
    change: 'Change the formula', save: 'Save the formula', cancel: 'Cancel', hint: 'Only + - * /, brackets, numbers and the listed measures', saved: 'Saved: the table is computed by the new formula',
  },
}

export default messages
