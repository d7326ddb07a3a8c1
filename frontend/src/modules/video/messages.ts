import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '视频', title: '视频', tools: '视频工具', layout: '布局', layoutOf: '{name}：{tiles} 画面', saving: '省流', savingHint: '只播放选中的画面，其余每秒更新一张', watched: '{mark} 的查看会被记录', notRestored: '未能恢复上次的画面，请重新选择摄像机。',
    nothingToCapture: '选中的画面还没有图像，不能抓拍。', reported: '已上报 {number}',
    tile: {
      live: '实时 {seconds}s', late: '延迟 {seconds}s', starting: '正在播放…', stills: '逐秒画面 {time}', lostChip: '信号中断', lost: '信号中断 {time}，第 {tries} 次重连', platform: '视频服务中断 {time}，第 {tries} 次重连', opening: '正在接通…', empty: '空画面，请在左侧选择摄像机', emptyLabel: '画面 {number}：空', label: '画面 {number}：{name}',
      forbidden: '您的岗位只能看到名称，不能查看画面', gone: '该摄像机已停用，或不在您的范围内', purpose: '查看此来源的视频须填写事由', purposeHint: '如：核实群众反映的占道', watch: '开始查看', capture: '抓拍上报', captureKey: '抓拍并上报（C）', clear: '移出“{name}”', subFailed: '子码流无信号，播放主码流',
    },
    stills: { masked: '有隐私遮挡：只显示遮挡后的画面，每秒一张；云台停用', codec: '{codec} 编码浏览器不能直接播放，每秒一张', decoder: '浏览器无法播放，每秒一张', many: '播放路数已满，每秒一张', chosen: '省流：每秒一张', full: '服务器播放路数已满，显示分析画面' },
    find: {
      label: '查找摄像机', words: '编码或名称', ways: '查找方式', way: { area: '区域', group: '分组', kind: '来源', near: '附近' }, tree: '摄像机目录', list: '摄像机', none: { area: '您的范围内还没有摄像机', group: '还没有分组', kind: '您的范围内还没有摄像机', near: '没有摄像机' },
      found: '{count}{more} 台', fill: '依次打开', pickPoint: '在地图上点选位置，按距离列出摄像机', pick: '在上方选择区域、分组或来源', nothing: '没有符合条件的摄像机', put: '放入画面', high: '高空', nameOnly: '仅名称', nearEvent: '距 {event} 由近到远', nearPoint: '距所选位置由近到远', backToEvent: '回到案件',
    },
    kind: { police: '公安', urban_management: '城管', property: '物业', school: '学校', market: '市场', site: '工地', traffic: '交通', water: '水务', forest: '林业', other: '其他' },
    preset: { title: '预案布局', none: '还没有保存的布局。排好画面后在下面命名保存，按 1–9 调用。', name: '布局名称', save: '保存', replace: '用当前画面替换“{name}”', drop: '删除', sure: '删除布局“{name}”？' },
    tour: { start: '轮巡 20 秒', on: '轮巡 {stop}/{stops} · {left} 秒', nothing: '请先在左侧列出摄像机' },
    log: { open: '查看记录', title: '视频查看记录', words: '人员或摄像机', none: '还没有查看记录', who: '查看人', camera: '摄像机', from: '开始', to: '截至', lasted: '时长', why: '事由', now: '正在看', event: '案件', stills: '（逐秒画面）', turned: '转动过云台', more: '更多', kept: '记录保留 {days} 天。' },
    ground: { open: '查低位', title: '在高空画面中选点，列出那里的低位摄像机（G）', area: '在画面中选点：方向键移动十字，回车查询', hint: '点画面中的一处，列出那里的低位摄像机。', asking: '正在查找…', none: '该处附近没有低位摄像机', sees: '可见该处', failed: '未能打开该摄像机，请重试。' },
    head: { open: '云台', title: '转动云台（Shift + 方向键，Shift + / -）', of: '“{name}”的云台', up: '向上转', down: '向下转', left: '向左转', right: '向右转', in: '拉近', out: '拉远', views: '转到预置位…', noViews: '没有预置位', name: '新预置位名称', save: '保存' },
    keys: { title: '快捷键', turn: '转动选中的摄像机；加减号变倍', move: '移到相邻画面', maximise: '放大 / 还原', preset: '第 1–9 个预案布局', tour: '开始 / 停止轮巡', capture: '抓拍上报', step: '列表中的上一台 / 下一台（有案件时按距离）', ground: '高空画面选点，查低位摄像机', clear: '清空选中的画面', back: '还原，或停止轮巡', help: '本列表' },
  },
  en: {
    nav: 'Video', title: 'Video', tools: 'Video tools', layout: 'Layout', layoutOf: '{name}: {tiles} tiles', saving: 'Save data', savingHint: 'Plays the selected tile only; the others show one picture a second', watched: 'What {mark} watches is logged', notRestored: 'The last pictures could not be restored. Choose cameras again.',
    nothingToCapture: 'The selected tile has no picture yet.', reported: 'Reported as {number}',
    tile: {
      live: 'Live {seconds}s', late: 'Delayed {seconds}s', starting: 'Starting…', stills: 'Stills {time}', lostChip: 'Signal lost', lost: 'Signal lost {time}, reconnecting: try {tries}', platform: 'Video service down {time}, reconnecting: try {tries}', opening: 'Connecting…', empty: 'Empty: choose a camera on the left', emptyLabel: 'Tile {number}: empty', label: 'Tile {number}: {name}',
      forbidden: 'Your role sees the name only, not the picture', gone: 'This camera is switched off, or outside what you may see', purpose: 'Say why you watch a camera of this source', purposeHint: 'e.g. checking a reported obstruction', watch: 'Watch', capture: 'Capture', captureKey: 'Capture and report (C)', clear: 'Remove “{name}”', subFailed: 'No signal of the sub-stream: playing the main one',
    },
    stills: { masked: 'Part is masked for privacy: it is not turned, one masked picture a second', codec: 'Browsers do not play {codec}: one picture a second', decoder: 'This browser cannot play it: one picture a second', many: 'Too many videos at once: one picture a second', chosen: 'Saving data: one picture a second', full: 'The server plays as many as it can: the analysed picture is shown' },
    find: {
      label: 'Find cameras', words: 'Code or name', ways: 'Ways to find', way: { area: 'Area', group: 'Group', kind: 'Source', near: 'Near' }, tree: 'Camera tree', list: 'Cameras', none: { area: 'No cameras in your area yet', group: 'No groups yet', kind: 'No cameras in your area yet', near: 'No cameras' },
      found: '{count}{more} cameras', fill: 'Open in turn', pickPoint: 'Click the map: cameras are listed by distance', pick: 'Choose an area, group or source above', nothing: 'No camera matches', put: 'Put into a tile', high: 'high up', nameOnly: 'name only', nearEvent: 'Nearest to {event} first', nearPoint: 'Nearest to the point first', backToEvent: 'Back to the event',
    },
    kind: { police: 'Police', urban_management: 'Urban management', property: 'Property', school: 'School', market: 'Market', site: 'Site', traffic: 'Traffic', water: 'Water', forest: 'Forest', other: 'Other' },
    preset: { title: 'Arrangements', none: 'None saved yet. Arrange the tiles, name them below; keys 1–9 bring them back.', name: 'Name', save: 'Save', replace: 'Replace “{name}” by what is shown', drop: 'Delete', sure: 'Delete the arrangement “{name}”?' },
    tour: { start: 'Tour 20 s', on: 'Tour {stop}/{stops} · {left} s', nothing: 'List some cameras on the left first' },
    log: { open: 'Viewing log', title: 'Viewing log', words: 'Person or camera', none: 'Nobody has watched anything yet', who: 'Who', camera: 'Camera', from: 'From', to: 'To', lasted: 'Lasted', why: 'Purpose', now: 'watching', event: 'Event', stills: '(stills)', turned: 'turned it', more: 'More', kept: 'Kept for {days} days.' },
    ground: { open: 'Low cameras', title: 'Choose a point of the high picture to list the low cameras there (G)', area: 'Choose a point: arrow keys move the cross, Enter asks', hint: 'Click a place in the picture: the low cameras there are listed.', asking: 'Looking…', none: 'No low camera near it', sees: 'sees it', failed: 'The camera could not be opened. Try again.' },
    head: { open: 'Turn', title: 'Turn the camera (Shift with arrows, + and −)', of: 'Turning “{name}”', up: 'Up', down: 'Down', left: 'Left', right: 'Right', in: 'Zoom in', out: 'Zoom out', views: 'Go to a preset…', noViews: 'No presets', name: 'Name of a new preset', save: 'Save' },
    keys: { title: 'Keys', turn: 'Turn the selected camera; + and − zoom', move: 'Next tile', maximise: 'Maximise / restore', preset: 'Arrangement 1–9', tour: 'Start / stop the tour', capture: 'Capture and report', step: 'Previous / next camera of the list (by distance from an event)', ground: 'Point in a high picture for low cameras', clear: 'Empty the selected tile', back: 'Restore, or stop the tour', help: 'This list' },
  },
}

export default messages
