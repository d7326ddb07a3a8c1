import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '消息', bell: '消息，{count} 条未读', what: '消息', empty: '没有消息', urgent: '紧急', unread: '未读', readAll: '全部已读', more: '更多', close: '关闭消息', came: '新消息：{text}',
    settings: '提醒方式', back: '返回消息', kind: '消息类别', closed: '本站未开通', hint: '紧急消息立即发送；其他消息合并发送，不在班时不打扰。',
    channel: { in_app: '平台内', smtp: '邮件', sms: '短信', phone: '电话' },
    mode: { at_once: '即时', digest: '15 分钟汇总', daily: '每日汇总', off: '不发送' },
    delivery: { queued: '待发送', sent: '已发送', delivered: '已送达', failed: '发送失败', suppressed: '未发送' },
    reason: { not_wished: '本人不需要', off_duty: '不在班', no_address: '没有联系方式', channel_off: '渠道未开通' },
  },
  en: {
    title: 'Messages', bell: 'Messages, {count} unread', what: 'The messages', empty: 'No messages', urgent: 'urgent', unread: 'unread', readAll: 'All read', more: 'More', close: 'Close messages', came: 'New message: {text}',
    settings: 'How to tell me', back: 'Back to messages', kind: 'Kind', closed: 'not open on this site', hint: 'Urgent messages go at once; others together, and never off duty.',
    channel: { in_app: 'Here', smtp: 'Mail', sms: 'SMS', phone: 'Phone' },
    mode: { at_once: 'at once', digest: 'every 15 min', daily: 'once a day', off: 'never' },
    delivery: { queued: 'to be sent', sent: 'sent', delivered: 'delivered', failed: 'failed', suppressed: 'not sent' },
    reason: { not_wished: 'not wished', off_duty: 'off duty', no_address: 'no address', channel_off: 'channel closed' },
  },
}

export default messages
