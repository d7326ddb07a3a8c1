import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '摄像机', title: '摄像机', what: '摄像机', tabs: '摄像机管理', tab: { list: '摄像机', groups: '分组', gateways: '视频平台', discovery: '网内发现', load: '运行指标' },
    load: { about: '每 5 秒更新。优先级低的摄像机在算力不足时先降低分析频率；来不及分析的画面丢弃最旧的一帧并计数。Prometheus 可读取 /api/v1/video/metrics。', what: '运行指标', none: '没有分析进程在运行', workers: '分析进程', worker: '进程', cameras: '摄像机', processor: '处理器', cores: '{count} 核', memory: '内存', perCamera: '每路内存', models: '模型', model: '{rate} 帧/秒，批 {batch}，排队 {queue} ms，推理 {run} ms', waiting: '待写入 / 待取证', decoder: '解码', camera: '摄像机', priority: '优先级', looked: '分析 帧/秒', dropped: '丢弃 帧/秒', lag: '时延', decode: '解码 ms', queue: '排队 ms', inference: '推理 ms', batch: '批', held: '缓存', why: { late: '读取滞后', crowded: '来不及分析', no_model: '缺少模型', damaged: '画面损坏' } },
    create: '登记摄像机', exportExcel: '导出 Excel', importExcel: '导入 Excel', template: '下载模板', search: '编码或名称', count: '{count} 台', more: '继续加载', empty: '还没有摄像机，可登记、导入或在网内发现', none: '没有符合条件的摄像机',
    choose: '选择一台摄像机查看，或登记新的', back: '返回列表', cancel: '取消', save: '保存', saving: '正在保存…', saved: '“{name}”已保存', removed: '“{name}”已删除', leave: '有未保存的修改，离开吗？',
    filter: { group: '分组', kind: '来源', state: '状态', all: '全部', noGroup: '未分组' },
    states: { well: '正常', failing: '有问题', unassigned: '无进程分析', disabled: '已停用' },
    state: { online: '在线', connecting: '连接中', dead_stream: '视频中断', broken_file: '文件损坏', missing_model: '缺少模型', disabled: '已停用', unassigned: '无进程分析' },
    kind: { police: '公安', urban_management: '城管', property: '物业', school: '学校', market: '市场', site: '工地', traffic: '交通', water: '水务', forest: '林业', other: '其他' },
    priority: { 1: '高', 2: '中', 3: '低' }, sampling: { timed: '定时采样', key_frames: '仅关键帧' }, high: '高空',
    health: { title: '健康', well: '画面和连接正常', since: '{time} 起', remedy: '处理：{remedy}', said: '程序所报：{said}', accept: '确认新画面', acceptHint: '镜头是有意调整的：把现在的画面作为标准画面重新学习', accepted: '将在一分钟内重新学习画面', zones: '{count} 个监测区域' },
    field: {
      code: '编码', name: '名称', source: '视频来源', own: '直接取流', behind: '经视频平台', stream_url: '视频地址', sub_stream_url: '子码流地址（可空）', can_turn: '有云台', control_url: 'ONVIF 服务地址（转动云台用，可空）', user: '账号', password: '口令', gateway: '视频平台', channel: '平台通道', group: '分组', kind: '来源', priority: '分析优先级', enabled: '启用',
      is_high: '高空瞭望摄像机', height: '安装高度（米）', bearing: '朝向（度）', angle: '水平视场角（度）', range: '可视距离（米）', sampling: '采样方式', pps: '每秒分析帧数', place: '位置', area: '所在区域',
    },
    hint: {
      sub: '与视频地址同一主机，使用同一账号；小画面播放它，放大时换回主码流。分析始终用主码流。', control: '与视频地址同一主机，如 http://10.0.0.5/onvif/device_service，使用同一账号。',
      stream: 'rtsp://、rtsps:// 或 file:///。地址中的账号口令会自动取出，加密保存', stored: '已保存账号口令（加密，不显示）。不修改请留空；地址换到另一主机时须重新填写', login: '账号口令加密保存，不再显示', bearing: '正北为 0，顺时针', range: '不知道可留空，图上按 60 米虚线示意',
      view: '填朝向和视场角后，地图上显示可视范围', place: '在地图上点选位置', needPlace: '请在地图上点选位置', channel: '在“视频平台”中选择通道登记，通道写作 设备编号/通道编号',
    },
    remove: { title: '删除摄像机', ask: '删除“{name}”？它的监测区域一并删除，已有告警保留。', yes: '删除' },
    stale: '他人已修改这台摄像机，您的修改没有保存。', see: '查看最新',
    high_low: {
      title: '高低联动标定', open: '标定（{count} 对）', about: '在画面上点一处，再在地图上点同一处；至少四对，分散在画面四周，不要在一条直线上。标定后，点画面任意位置即可找到附近的低点摄像机。', picture: '画面（点选）', map: '地图（点选同一处）', noStill: '还没有画面：摄像机在线后再标定。',
      pair: '第 {number} 对', drop: '去掉第 {number} 对', pending: '请在地图上点同一处', next: '请在画面上点一处', write: '保存标定', clear: '清除标定', done: '已保存，平均误差 {error} 米', cleared: '已清除标定', try: '试一试：点画面', found: '{lng}, {lat} 附近的摄像机', nobody: '附近 500 米内没有低点摄像机',
      sees: '能看到', unseen: '看不到', unknown: '视野未知', metres: '{metres} 米', mode: { mark: '标点', try: '试用' },
    },
    groups: { add: '新建分组', name: '分组名称', cameras: '{count} 台', rename: '改名', remove: '删除', empty: '还没有分组', ask: '删除分组“{name}”？其中的摄像机保留，成为未分组。' },
    gateways: {
      about: 'GB/T 28181 等平台通过其 HTTP 接口接入，本系统不含 SIP 协议栈。账号口令加密保存。', add: '接入平台', edit: '修改', remove: '删除', empty: '还没有接入平台', code: '编码', name: '名称', kind: '接口类型', address: '接口地址', cameras: '{count} 台摄像机', check: '查询设备', checking: '正在询问平台…',
      well: '应答正常（{time}）', unchecked: '还没有询问过', asked: '{time} 询问', devices: '设备', online: '在线', offline: '离线', channels: '查看通道', register: '登记为摄像机', registered: '已登记 {code}', turn: '可转动', noDevices: '平台上没有设备', noChannels: '该设备没有通道', ask: '删除平台“{name}”？', login: '已保存账号口令，不修改请留空',
    },
    discovery: {
      about: '向服务器所在网段发送 ONVIF 探测，等待应答。跨网段的摄像机不会应答，请直接登记地址。', start: '开始发现', seconds: '等待', secondsOf: '{count} 秒', looking: '正在等待应答…', found: '{count} 台应答', none: '没有摄像机应答。请确认摄像机已开启 ONVIF，且与服务器在同一网段。', host: '主机', name: '名称', hardware: '型号', known: '已登记 {code}',
      streams: '取视频地址', login: '账号口令只用于本次询问，不保存', register: '登记这一路', size: '{width}×{height} {codec}',
    },
    import: {
      title: '导入摄像机', file: 'Excel 文件（.xlsx）', how: '一次最多 {rows} 行、{mb} MB。先预览变化，确认后一次全部写入；有一行错误则全部不写入。', preview: '预览', previewing: '正在检查…', apply: '写入 {count} 处变化', applying: '正在写入…', counts: '新增 {new}，修改 {changed}，不变 {unchanged}', ignored: '未识别的列（不读取）：{columns}',
      errors: '有 {count} 处错误，改正后重新预览', errorTable: '错误', row: '行', column: '列', problem: '问题', nothing: '没有变化', table: '变化', new: '新增', changed: '修改', done: '已写入：{counts}', outdated: '预览之后有变化，没有写入。请重新预览。', close: '完成', from: '{before} → {after}', none: '空', comma: '、', wholeRow: '整行', hidden: '（已填，不显示）',
    },
    column: { code: '编码', name: '名称', source: '视频地址', user: '账号', password: '口令', lng: '经度', lat: '纬度', group: '分组', source_kind: '来源', priority: '优先级', is_high: '高空瞭望', height_m: '安装高度', bearing: '朝向', view_angle: '视场角', view_range_m: '可视距离', sampling: '采样方式', pictures_per_second: '每秒分析帧数', enabled: '启用' },
  },
  en: {
    nav: 'Cameras', title: 'Cameras', what: 'Cameras', tabs: 'Setting up cameras', tab: { list: 'Cameras', groups: 'Groups', gateways: 'Platforms', discovery: 'Discovery', load: 'Load' },
    load: { about: 'Every 5 seconds. When there is not time for all, low priorities are looked at less often first; of pictures that cannot be looked at in time the oldest is dropped and counted. Prometheus reads /api/v1/video/metrics.', what: 'the load', none: 'No worker is running', workers: 'Workers', worker: 'Worker', cameras: 'Cameras', processor: 'Processor', cores: '{count} cores', memory: 'Memory', perCamera: 'Per camera', models: 'Models', model: '{rate}/s, batch {batch}, queue {queue} ms, run {run} ms', waiting: 'To write / evidence', decoder: 'Decoding', camera: 'Camera', priority: 'Priority', looked: 'Looked/s', dropped: 'Dropped/s', lag: 'Lag', decode: 'Decode ms', queue: 'Queue ms', inference: 'Inference ms', batch: 'Batch', held: 'Held', why: { late: 'reading late', crowded: 'no time', no_model: 'no model', damaged: 'damaged' } },
    create: 'Register a camera', exportExcel: 'Export Excel', importExcel: 'Import Excel', template: 'Template', search: 'Code or name', count: '{count} cameras', more: 'Load more', empty: 'No cameras yet: register, import or discover some', none: 'No camera matches',
    choose: 'Choose a camera, or register a new one', back: 'Back to the list', cancel: 'Cancel', save: 'Save', saving: 'Saving…', saved: '“{name}” is saved', removed: '“{name}” is removed', leave: 'There are unsaved changes. Leave?',
    filter: { group: 'Group', kind: 'Source', state: 'State', all: 'All', noGroup: 'In no group' },
    states: { well: 'Well', failing: 'Failing', unassigned: 'Watched by nobody', disabled: 'Switched off' },
    state: { online: 'Online', connecting: 'Connecting', dead_stream: 'No stream', broken_file: 'Broken file', missing_model: 'Model missing', disabled: 'Switched off', unassigned: 'Watched by nobody' },
    kind: { police: 'Police', urban_management: 'Urban management', property: 'Property', school: 'School', market: 'Market', site: 'Construction site', traffic: 'Traffic', water: 'Water', forest: 'Forest', other: 'Other' },
    priority: { 1: 'High', 2: 'Normal', 3: 'Low' }, sampling: { timed: 'Timed', key_frames: 'Key frames only' }, high: 'High',
    health: { title: 'Health', well: 'Picture and connection are fine', since: 'since {time}', remedy: 'What to do: {remedy}', said: 'The program says: {said}', accept: 'Accept the new view', acceptHint: 'It was turned on purpose: what it shows now is learned as what it should show', accepted: 'The view is learned anew within a minute', zones: '{count} zones' },
    field: {
      code: 'Code', name: 'Name', source: 'Where its video comes from', own: 'Straight from the camera', behind: 'Behind a platform', stream_url: 'Stream address', sub_stream_url: 'Sub-stream address (optional)', can_turn: 'Turns (PTZ)', control_url: 'ONVIF service (to turn it; optional)', user: 'User', password: 'Password', gateway: 'Platform', channel: 'Channel of the platform', group: 'Group', kind: 'Source', priority: 'Priority of analysis', enabled: 'Switched on',
      is_high: 'High-altitude camera', height: 'Height (m)', bearing: 'Bearing (degrees)', angle: 'Horizontal angle of view (degrees)', range: 'Range (m)', sampling: 'Sampling', pps: 'Pictures per second', place: 'Place', area: 'Area',
    },
    hint: {
      sub: 'At the same host, with the same login. Small tiles play it, large ones the main stream; analysis always uses the main one.', control: 'At the same host, with the same login, such as http://10.0.0.5/onvif/device_service.',
      stream: 'rtsp://, rtsps:// or file:///. A login in it is taken out and kept encrypted', stored: 'A login is stored, encrypted and never shown. Leave empty to keep it; for another host it must be entered again', login: 'Kept encrypted and never shown again', bearing: 'From north, clockwise', range: 'Leave empty if unknown; the map then shows a broken 60 m',
      view: 'With bearing and angle the map shows what it looks at', place: 'Choose its place on the map', needPlace: 'Choose its place on the map', channel: 'Register channels under “Platforms”; a channel is written device/channel',
    },
    remove: { title: 'Remove the camera', ask: 'Remove “{name}”? Its zones go with it, its alerts stay.', yes: 'Remove' },
    stale: 'Somebody changed this camera meanwhile; your changes were not saved.', see: 'See the newest',
    high_low: {
      title: 'Calibration of the high camera', open: 'Calibrate ({count} pairs)', about: 'Click a spot of the picture, then the same spot on the map; at least four pairs, spread over the picture, not on one line. After that a click into the picture finds the low cameras there.', picture: 'Picture (click)', map: 'Map (click the same spot)', noStill: 'No picture yet: calibrate when the camera is online.',
      pair: 'Pair {number}', drop: 'Drop pair {number}', pending: 'Now click the same spot on the map', next: 'Click a spot of the picture', write: 'Save the calibration', clear: 'Clear it', done: 'Saved; off by {error} m on average', cleared: 'The calibration is cleared', try: 'Try it: click the picture', found: 'Cameras near {lng}, {lat}', nobody: 'No low camera within 500 m',
      sees: 'sees it', unseen: 'looks elsewhere', unknown: 'view unknown', metres: '{metres} m', mode: { mark: 'Mark', try: 'Try' },
    },
    groups: { add: 'New group', name: 'Name of the group', cameras: '{count} cameras', rename: 'Rename', remove: 'Remove', empty: 'No groups yet', ask: 'Remove the group “{name}”? Its cameras stay, in no group.' },
    gateways: {
      about: 'GB/T 28181 and vendor platforms are reached by their HTTP interface; there is no SIP stack here. Logins are kept encrypted.', add: 'Connect a platform', edit: 'Change', remove: 'Remove', empty: 'No platform yet', code: 'Code', name: 'Name', kind: 'Interface', address: 'Address', cameras: '{count} cameras', check: 'Ask for devices', checking: 'Asking the platform…',
      well: 'Answers well ({time})', unchecked: 'Not asked yet', asked: 'asked {time}', devices: 'Devices', online: 'online', offline: 'offline', channels: 'Channels', register: 'Register as a camera', registered: 'Camera {code}', turn: 'can turn', noDevices: 'The platform has no devices', noChannels: 'The device has no channels', ask: 'Remove the platform “{name}”?', login: 'A login is stored; leave empty to keep it',
    },
    discovery: {
      about: 'Sends an ONVIF probe into the network of the server and waits for answers. Cameras of other networks do not answer: register their addresses.', start: 'Discover', seconds: 'Wait', secondsOf: '{count} s', looking: 'Waiting for answers…', found: '{count} answered', none: 'No camera answered. Is ONVIF switched on, and are they in the network of the server?', host: 'Host', name: 'Name', hardware: 'Hardware', known: 'Camera {code}',
      streams: 'Ask for streams', login: 'User and password serve this question only and are not kept', register: 'Register this one', size: '{width}×{height} {codec}',
    },
    import: {
      title: 'Import cameras', file: 'Excel file (.xlsx)', how: 'At most {rows} rows and {mb} MB at once. Changes are previewed, then written all together, or not at all.', preview: 'Preview', previewing: 'Checking…', apply: 'Write {count} changes', applying: 'Writing…', counts: '{new} new, {changed} changed, {unchanged} unchanged', ignored: 'Unknown columns, not read: {columns}',
      errors: '{count} errors: correct them and preview again', errorTable: 'Errors', row: 'Row', column: 'Column', problem: 'Problem', nothing: 'Nothing changes', table: 'Changes', new: 'new', changed: 'changed', done: 'Written: {counts}', outdated: 'Something changed since the preview; nothing was written. Preview again.', close: 'Done', from: '{before} → {after}', none: 'empty', comma: ', ', wholeRow: 'whole row', hidden: '(filled in, not shown)',
    },
    column: { code: 'Code', name: 'Name', source: 'Stream address', user: 'User', password: 'Password', lng: 'Longitude', lat: 'Latitude', group: 'Group', source_kind: 'Source', priority: 'Priority', is_high: 'High-altitude', height_m: 'Height', bearing: 'Bearing', view_angle: 'View angle', view_range_m: 'Range', sampling: 'Sampling', pictures_per_second: 'Pictures per second', enabled: 'Switched on' },
  },
}

export default messages
