import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: { label: '主导航', tasks: '待办', report: '上报', me: '我的' },
    sharing: { on: '定位上传中', sent: '定位上传中 · {age}前', off: '定位未上传', failed: '定位失败：{why}', start: '开始上传位置', stop: '停止上传位置', hint: '在岗时每分钟上传一次位置，只用于就近派遣。关闭本页即停止。' },
    offline: { title: '无网络', waiting: '{count} 条待上传，联网后自动发送', none: '联网后自动更新', sending: '{count} 条正在上传', parked: '{count} 条没有被接受，请查看' },
    count: { open: '待办', near: '临期', over: '超期', waiting: '待上传' },
    tabs: { label: '任务分类', open: '待办', ended: '已办' },
    empty: { open: '没有待办任务，辛苦了', ended: '还没有已办任务' },
    what: '任务', whatList: '任务列表', more: '载入更多', pending: '已保存，待上传', back: '返回',
    left: '剩 {time}', over: '超 {time}', go: { accept: '接受', verify: '去核实', check: '去核查', done: '去处置', view: '查看' }, navigate: '导航',
    task: {
      place: '地点', unitGrid: '单元网格', component: '部件', issued: '下达', before: '处置前照片', now: '现在', noBefore: '没有处置前照片', map: '任务位置',
      ended: '此任务{state}', refuse: '不能执行', refuseReason: '不能执行的理由', refuseHint: '例：正在处理另一件紧急任务',
    },
    behind: { accept: '已接受', arrive: '已到场', done: '已提交' },
    ahead: { accept: '接受', arrive: '到场', done: '提交结果' },
    step: { accept: '接受任务', arrive: '到场签到', done: '提交结果', waiting: '等待上一步完成', sending: '正在提交…', pending: '待上传' },
    position: {
      asking: '正在定位…', insecure: '浏览器只在 HTTPS 网址下提供定位。请用 https 打开，或在地图上选位置。', unsupported: '这台设备没有定位功能，请在地图上选位置。',
      refused: '定位权限被拒绝。请在浏览器设置里允许定位后再试，或在地图上选位置。', unavailable: '暂时无法定位（可能在室内）。请到空旷处再试，或在地图上选位置。',
      slow: '定位超时。请到空旷处再试，或在地图上选位置。', rough: '定位精度约 {metres} 米，太粗略。请再试，或在地图上选准位置。', retry: '重新定位', pick: '在地图上选位置', use: '用这个位置',
      good: '已定位，精度约 {metres} 米', manual: '已在地图上选定', title: '选择您所在的位置', none: '还没有定位',
    },
    result: {
      verify: '核实结论', check: '核查结论', handle: '处置结果', patrol: '巡查结果', yes: { verify: '属实', check: '通过', handle: '已办好', patrol: '已巡查（发现的问题请另行上报）' }, no: { verify: '不属实', check: '不通过', handle: '未办好', patrol: '未能巡查' },
      note: '情况说明', reason: '理由（必填）', optional: '选填', photos: '现场照片', missing: { passed: '请选择结论', note: '请写明理由', photos: '请拍一张现场照片' }, send: '提交', sending: '正在提交…',
    },
    photo: { take: '拍照', add: '再拍一张', remove: '移除第 {index} 张照片', reading: '正在处理照片…', bad: '这个文件不是可用的照片，请重新拍摄。', alt: '第 {index} 张照片', mark: '{time} {place}' },
    sent: { done: '已提交', saved: '已保存，联网后自动发送', parked: '没有被接受' },
    outbox: {
      title: '上传记录', empty: '没有待上传的内容', waiting: '待上传', parked: '未被接受', delivered: '已送达', retry: '按最新内容再发', discard: '放弃', confirm: '放弃后不能恢复，确定吗？',
      see: '查看最新', attempts: '已试 {count} 次', full: '手机存储快满了，请尽快联网上传。', noStorage: '这个浏览器不能离线保存，请保持联网直到提交成功。',
    },
    me: { leave: '还有 {count} 条没有上传，退出后将在下次登录时发送。确定退出吗？' },
    report: {
      title: '上报', type: '案件类型', search: '输入关键字查找类型', description: '情况说明', descriptionHint: '例：人行道上堆放建筑垃圾，影响通行', place: '位置', address: '详细地址',
      send: '提交上报', missing: { photos: '请先拍一张照片', type: '请选择案件类型', description: '请写几个字说明情况', place: '请先定位或在地图上选位置', note: '请写明怎样处置的', after: '请拍一张处置后照片' }, change: '更换', noType: '没有相符的类型',
      settled: '已当场处置好', settledNote: '怎样处置的', settledPhotos: '处置后照片',
    },
  },
  en: {
    nav: { label: 'Main', tasks: 'Tasks', report: 'Report', me: 'Me' },
    sharing: { on: 'Sharing position', sent: 'Sharing position · {age} ago', off: 'Position not shared', failed: 'No position: {why}', start: 'Share my position', stop: 'Stop sharing', hint: 'On duty your position is sent once a minute, only to send whoever is near. Closing this page stops it.' },
    offline: { title: 'No network', waiting: '{count} to send when the network is back', none: 'Updates when the network is back', sending: 'Sending {count}', parked: '{count} not accepted, please look' },
    count: { open: 'Open', near: 'Near due', over: 'Overdue', waiting: 'To send' },
    tabs: { label: 'Tasks by state', open: 'To do', ended: 'Done' },
    empty: { open: 'No tasks to do', ended: 'No tasks done yet' },
    what: 'The task', whatList: 'The tasks', more: 'Load more', pending: 'Saved, to be sent', back: 'Back',
    left: '{time} left', over: '{time} over', go: { accept: 'Accept', verify: 'Verify', check: 'Check', done: 'Handle', view: 'View' }, navigate: 'Navigate',
    task: {
      place: 'Place', unitGrid: 'Unit grid', component: 'Component', issued: 'Issued', before: 'Before handling', now: 'Now', noBefore: 'No photo from before', map: 'Where it is',
      ended: 'This task: {state}', refuse: 'Cannot do it', refuseReason: 'Why you cannot do it', refuseHint: 'E.g. busy with another urgent task',
    },
    behind: { accept: 'Accepted', arrive: 'Arrived', done: 'Sent' },
    ahead: { accept: 'Accept', arrive: 'Arrive', done: 'Send the result' },
    step: { accept: 'Accept the task', arrive: 'Sign in on arrival', done: 'Send the result', waiting: 'After the step before', sending: 'Sending…', pending: 'to be sent' },
    position: {
      asking: 'Finding your position…', insecure: 'Browsers give a position only over HTTPS. Open the https address, or choose the place on the map.', unsupported: 'This device cannot tell its position. Choose the place on the map.',
      refused: 'Position was refused. Allow it in the browser’s settings and try again, or choose the place on the map.', unavailable: 'No position now (perhaps indoors). Try again in the open, or choose the place on the map.',
      slow: 'Finding the position took too long. Try again in the open, or choose the place on the map.', rough: 'The position is only known to {metres} m. Try again, or choose the place on the map.', retry: 'Try again', pick: 'Choose on the map', use: 'Use this place',
      good: 'Position known to {metres} m', manual: 'Chosen on the map', title: 'Choose where you are', none: 'No position yet',
    },
    result: {
      verify: 'Finding', check: 'Check', handle: 'Result', patrol: 'The patrol', yes: { verify: 'Genuine', check: 'Passed', handle: 'Done', patrol: 'Done (report what you found as an event)' }, no: { verify: 'Not so', check: 'Failed', handle: 'Not done', patrol: 'Could not be done' },
      note: 'Note', reason: 'Reason (required)', optional: 'optional', photos: 'Photos', missing: { passed: 'Choose a finding', note: 'Say why', photos: 'Take a photo' }, send: 'Send', sending: 'Sending…',
    },
    photo: { take: 'Take a photo', add: 'One more', remove: 'Remove photo {index}', reading: 'Preparing the photo…', bad: 'This file is not a usable photo. Take another.', alt: 'Photo {index}', mark: '{time} {place}' },
    sent: { done: 'Sent', saved: 'Saved; sent when the network is back', parked: 'Not accepted' },
    outbox: {
      title: 'Sent and to send', empty: 'Nothing to send', waiting: 'to send', parked: 'not accepted', delivered: 'delivered', retry: 'Send again on the latest', discard: 'Give up', confirm: 'This cannot be undone. Give it up?',
      see: 'See latest', attempts: 'tried {count}×', full: 'The phone is nearly full. Send as soon as you can.', noStorage: 'This browser cannot keep things offline: stay online until it is sent.',
    },
    me: { leave: '{count} not sent yet. They go out at your next sign-in. Sign out?' },
    report: {
      title: 'Report', type: 'Event type', search: 'Search the types', description: 'What is wrong', descriptionHint: 'E.g. rubble on the pavement blocks the way', place: 'Place', address: 'Address',
      send: 'Send the report', missing: { photos: 'Take a photo first', type: 'Choose a type', description: 'Say in a few words what is wrong', place: 'Find your position or choose it on the map', note: 'Say what was done', after: 'Take a photo of how it is now' }, change: 'Change', noType: 'No such type',
      settled: 'Set right on the spot', settledNote: 'What was done', settledPhotos: 'How it is now',
    },
  },
}

export default messages
