import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '导出', now: '把当前筛选的结果导出为', none: '还没有导出过文件', nothing: '当前筛选没有可导出的内容；告警按关键词筛选时不能导出', mine: '我的导出', kept: '文件保留 7 天，只有本人可以下载', busy: '导出 {percent}',
    what: '导出列表', cancelled: '已取消', rows: '{count} 行', truncated: '共 {total} 行，文件只含前 {most} 行', download: '下载', downloadOne: '下载 {name}', cancelOne: '取消 {name}', again: '重新导出',
    ready: '{name} 已可下载', broken: '{name} 导出失败', until: '{date} 前可下载',
    format: { xlsx: 'Excel', pdf: 'PDF', csv: 'CSV' },
    state: { queued: '排队中', counting: '正在统计行数…', running: '已写 {written} / {total} 行', done: '已完成', failed: '没有成功', cancelled: '已取消' },
    problem: {
      not_allowed: '您的账号已停用。', no_room: '服务器磁盘空间不足，请联系系统管理员后重新导出。', interrupted: '执行多次中断，请稍后重新导出。', fault: '系统出错，请重新导出；若反复出现，请联系系统管理员。',
    },
  },
  en: {
    title: 'Export', now: 'What is filtered now, as', none: 'Nothing exported yet', nothing: 'The filters show nothing to export; alerts narrowed by words cannot be', mine: 'My exports', kept: 'Files are kept for 7 days, for you alone', busy: 'Export {percent}',
    what: 'The exports', cancelled: 'cancelled', rows: '{count} rows', truncated: '{total} rows in all, the file holds the first {most}', download: 'Download', downloadOne: 'Download {name}', cancelOne: 'Cancel {name}', again: 'Export again',
    ready: '{name} can be downloaded', broken: '{name} failed', until: 'kept until {date}',
    format: { xlsx: 'Excel', pdf: 'PDF', csv: 'CSV' },
    state: { queued: 'waiting', counting: 'counting rows…', running: '{written} of {total} rows', done: 'done', failed: 'did not succeed', cancelled: 'cancelled' },
    problem: {
      not_allowed: 'Your account is closed.', no_room: 'The server has no room left. Tell the administrator, then export again.', interrupted: 'Interrupted too often. Export again later.',
      fault: 'Something went wrong. Export again; if it happens again, tell the administrator.',
    },
  },
}

export default messages
