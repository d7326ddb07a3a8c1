import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '大屏管理',
    title: '大屏管理',
    what: '大屏列表',
    empty: '还没有配对的大屏。在大屏的浏览器中打开 /wall，把它显示的六位数字填到左边。',
    pair: { title: '配对一块大屏', code: '大屏上的六位数字', name: '名称', namePlaceholder: '如：指挥大厅主屏', area: '辖区', send: '配对', done: '“{name}”已配对，屏幕上随即出现画面。' },
    on: '在线', off: '离线', revokedMark: '已停用', never: '从未上线', seen: '最近在线 {at}', screen: '{width}×{height}', noWebgl: '无三维加速，地图以列表代替', memory: '内存 {mb} MB',
    remote: { title: '大屏遥控', only: '您的岗位只能查看这块大屏；遥控需要大屏值守、值班长或系统管理员。', open: '遥控', scenes: '场景', camera: '镜头', drill: '数字下钻', footing: '平战转换', history: '操作记录', current: '当前', auto: '自动', overview: '全区', hold: '锁定镜头', release: '解除锁定', next: '下一条告警', drillClose: '收起下钻', stage: '各阶段待办', street: '各街道在办', reload: '重新载入页面', sent: '已发到大屏', revoked: '这块大屏已停用。需要使用时，请在大屏上打开 /wall 并重新配对。', shows: '正显示：{what}', event: '案件 {number}', alert: '告警 {id}', choose: '选择…' },
    cast: { button: '投屏', title: '投到哪块大屏', none: '没有可用的大屏', done: '已投到“{name}”' },
    settings: { title: '设置', theme: '主题', dark: '深色', light: '明亮厅', arrangement: '版面', auto: '按字号自动', standard: '标准', far: '远距（六面板）', height: '屏高（米）', farthest: '最远座位（米）', smallest: '最小可读字号（px，现场标定）', smallestNone: '未标定', aspect: '实际宽高（拉伸屏，如 6720x2160）', result: '最小字 {px} px，面板放大 {zoom} 倍{far}', farYes: '，用六面板版面', calibrate: '在大屏上显示字号标定', calibrateEnd: '结束标定', save: '保存', saved: '已保存', revoke: '停用', revokeAsk: '停用“{name}”？屏幕会立刻停止显示数据，需重新配对才能再用。' },
    footing: { peace: '平时', war_asked: '申请转战时', war: '战时', peace_asked: '申请转平时', plan: '预案', askWar: '申请转战时', askPeace: '申请转平时', confirm: '确认', refuse: '不同意', by: '{name}（{role}）于 {at} 提出，须另一人、另一岗位确认', since: '自 {at}', sure: '确定“{what}”吗？会记录并立即显示在各大屏。', none: '平战转换由值班长与分管领导两岗办理。' },
    move: { paired: '配对', scene: '切换场景', auto: '镜头自动', overview: '回到全区', hold: '锁定镜头', release: '解除锁定', next_alarm: '下一条告警', show_alert: '投告警', show_event: '投案件', drill: '下钻', close_drill: '收起下钻', calibrate: '显示标定', end_calibration: '结束标定', reload: '重新载入', set: '修改设置', revoked: '停用' },
  },
  en: {
    nav: 'Walls',
    title: 'Walls',
    what: 'the list of walls',
    empty: 'No wall is paired yet. Open /wall in the wall’s browser and type the six digits it shows on the left.',
    pair: { title: 'Pair a wall', code: 'Six digits on the wall', name: 'Name', namePlaceholder: 'e.g. main wall of the hall', area: 'Area', send: 'Pair', done: '“{name}” is paired; its screen shows the picture now.' },
    on: 'on', off: 'off', revokedMark: 'revoked', never: 'never heard', seen: 'last heard {at}', screen: '{width}×{height}', noWebgl: 'no 3D acceleration: the map is a list', memory: '{mb} MB',
    remote: { title: 'Remote control', only: 'Your post may only look at this wall; wall operators, duty chiefs and system administrators control it.', open: 'Remote', scenes: 'Scenes', camera: 'Camera', drill: 'Behind a number', footing: 'Footing', history: 'What was done', current: 'current', auto: 'Automatic', overview: 'District', hold: 'Hold camera', release: 'Release camera', next: 'Next alarm', drillClose: 'Close the list', stage: 'Waiting in a stage', street: 'Open in a street', reload: 'Load the page again', sent: 'Sent to the wall', revoked: 'This wall was revoked. To use it, open /wall on it and pair it again.', shows: 'Shows: {what}', event: 'event {number}', alert: 'alert {id}', choose: 'Choose…' },
    cast: { button: 'Cast', title: 'To which wall', none: 'No wall is in use', done: 'Cast to “{name}”' },
    settings: { title: 'Settings', theme: 'Theme', dark: 'Dark', light: 'Lit hall', arrangement: 'Arrangement', auto: 'By text size', standard: 'Standard', far: 'Far (six panels)', height: 'Height (m)', farthest: 'Farthest seat (m)', smallest: 'Smallest readable text (px, tried on site)', smallestNone: 'not tried', aspect: 'Real proportions (a wall that stretches, e.g. 6720x2160)', result: 'Smallest text {px} px, panels × {zoom}{far}', farYes: ', six panels', calibrate: 'Show text sizes on the wall', calibrateEnd: 'End of text sizes', save: 'Save', saved: 'Saved', revoke: 'Revoke', revokeAsk: 'Revoke “{name}”? Its screen stops showing data at once and must be paired again.' },
    footing: { peace: 'Everyday', war_asked: 'Emergency asked', war: 'Emergency', peace_asked: 'Stand-down asked', plan: 'Plan', askWar: 'Ask for the emergency', askPeace: 'Ask to stand down', confirm: 'Confirm', refuse: 'Refuse', by: 'Asked by {name} ({role}) at {at}; another person in another post confirms', since: 'since {at}', sure: '“{what}”: are you sure? It is recorded and shows on every wall at once.', none: 'The footing is changed by the duty chief and the leader.' },
    move: { paired: 'paired', scene: 'scene', auto: 'automatic', overview: 'district', hold: 'held', release: 'released', next_alarm: 'next alarm', show_alert: 'alert cast', show_event: 'event cast', drill: 'list', close_drill: 'list closed', calibrate: 'text sizes', end_calibration: 'end of text sizes', reload: 'loaded again', set: 'settings', revoked: 'revoked' },
  },
}

export default messages
