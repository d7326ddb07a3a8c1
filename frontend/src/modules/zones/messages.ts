import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '监测区域', what: '监测区域', ways: '相关页面', panel: '区域设置', list: '区域、警戒线与屏蔽区', none: '还没有区域。用上方的工具在画面上画。', unnamed: '（未命名）', changed: '未保存', onTrial: '试运行', off: '停用', readOnly: '您只能查看，不能修改',
    tools: '绘图工具', tool: { area: '画区域', line: '画警戒线', mask: '画屏蔽区' }, undo: '撤销', redo: '重做', undoKey: 'Ctrl+Z', redoKey: 'Ctrl+Y', live: '实时视频', boxes: '识别预览',
    drawing: {
      area: '在画面上逐点单击，至少 {least} 点；点回起点、双击或按回车结束，退格删去上一点，Esc 放弃。不用鼠标：直接按回车，再用方向键移动顶点。', line: '在画面上逐点单击，至少 {least} 点；双击或按回车结束，退格删去上一点，Esc 放弃。不用鼠标：直接按回车，再用方向键移动端点。',
      mask: '圈出不需要看的地方，至少 {least} 点；点回起点、双击或按回车结束，退格删去上一点，Esc 放弃。不用鼠标：直接按回车，再用方向键移动顶点。',
    },
    hint: '拖动顶点改形状，拖动边上的小点增加顶点，拖动内部整体移动。键盘：Tab 选顶点，方向键移动（Shift 加大步长），Insert 增加，Delete 删除，Ctrl+Z / Ctrl+Y 撤销 / 重做。',
    stage: { label: '画面与图形', picture: '{name} 的画面', noPicture: '还没有画面', shape: '图形：{name}', corner: '顶点 {number}，横 {x}，纵 {y}' },
    kind: { area: '区域', line: '警戒线', mask: '屏蔽区' },
    thing: { person: '人', bicycle: '自行车', car: '小汽车', motorcycle: '摩托车', bus: '客车', truck: '货车', dog: '犬只', vehicle: '机动车', bare_head: '未戴安全帽', hard_hat: '安全帽', left_object: '遗留物', changed_colour: '变色', changed_flow: '流动' },
    field: {
      name: '名称', polygon: '图形', shape: '画法', algorithm: '算法', parameters: '参数', night: '夜间参数', sensitivity: '灵敏度', nightBy: '昼夜判定', schedule: '布防时段', coolDown: '冷却时间（秒）', stillAfter: '静止目标抑制（秒）', typeCode: '案件类型', level: '级别', enabled: '启用', kind: '类别',
    },
    section: { parameters: '参数', schedule: '布防时段', quiet: '抑制', becomes: '发现后' },
    sensitivity: { low: '低（少误报）', normal: '中', high: '高（少漏报）' }, nightBy: { sun: '按日出日落', picture: '按画面亮度' },
    choice: {
      mode: { presence: '闯入', dwell: '滞留', crossing: '越线', vehicle: '车摊', goods: '地摊', either: '车摊或地摊', colour: '变色', flow: '流动', colour_or_flow: '变色或流动', tanker: '罐车停靠', bank: '岸边停留', person: '有人停留' },
      direction: { both: '双向', to_left: '向左', to_right: '向右' },
    },
    day: '白天', night: '夜间', nightDiffers: '夜间用不同的数值', emptyIsUsual: '留空时用灰色的默认值，它随灵敏度变化。', range: '{least}–{most}',
    coolDownHint: '报过一次后，这段时间内不再报', stillHint: '留空不抑制；填写后，静止超过该时长的目标不计', usualType: '默认：{name}', usualLevel: '默认：{name}', hides: '隐私遮挡', hidesAbout: '保存后几秒内，该处在截图、证据图片、短视频和实时画面中都被涂盖；实时视频改为每秒一张遮挡后的画面。已保存的证据不变。遮挡不随云台移动：有云台的摄像机设遮挡后不能转动，请先转到固定朝向再画。', maskAbout: '屏蔽区对本摄像机的全部区域生效，其中的目标一律不看。', missingModel: '缺少模型，暂不运行。', suspected: '只报疑似', aboutAlgorithm: '能看见什么、看不见什么',
    become: { line: '改为警戒线', area: '改为区域' },
    fault: {
      corner_count: '顶点数应在 {least}–{most} 之间', outside_picture: '顶点应在画面之内', crosses_itself: '边线自相交，请移动顶点', too_small: '图形太小，请画大一些', required: '请填写名称', not_a_number: '应为数字', not_whole: '应为整数', range: '应在 {least}–{most} 之间', no_hours: '时段为空，请选择星期和起止时间',
      line_needed: '该判定方式需要画警戒线', area_needed: '该判定方式需要画区域',
    },
    schedule: {
      label: '布防时段，按星期与小时', always: '全天', work: '工作日 8–18', nights: '每晚 22–6', rounds: '当前时段不是整点，改动方格会按整点重写。', light: '光线', lights: { any: '昼夜都看', day: '只在白天', night: '只在夜间' }, hour: '周{day} {hour} 时', day: { 1: '一', 2: '二', 3: '三', 4: '四', 5: '五', 6: '六', 7: '日' },
    },
    now: {
      title: '此刻', state: { off: '预览已关', waiting: '等待画面分析', live: '正在预览', unavailable: '预览暂不可用', broken: '预览中断' }, boxes: '看见 {count} 个目标', counting: '{count} 个计入所选区域', stayed: '已停留 {seconds} s / {needed} s', lasted: '已持续 {seconds} s / {needed} s', many: '数量 {seen} / {needed}',
      newer: '方框比静止画面新一两秒，走动的目标会略有偏移。', holds: '条件成立，会报警', dark: '按夜间参数', outside: '不在布防时段，现在不看', missing: '缺少模型，现在不看', off: '已停用，现在不看', starts: '正在按新设置重新开始', notStored: '保存后开始计时', changed: '有未保存的改动：绿色实框按新图形实时推算；计时仍按已保存的设置，保存后重新开始。',
      why: { waiting: '摄像机未在线分析，或刚刚打开。画面仍会更新。', unavailable: '消息服务暂不可用，稍后自动恢复；画面与编辑不受影响。', broken: '与平台的连接中断，正在重试；您画的内容保存在本机。' },
    },
    saving: '正在保存…', revert: '恢复已存', remove: '删除', removeAsk: '删除“{name}”？已产生的告警保留。', savedSaid: '已保存“{name}”', removedSaid: '已删除“{name}”', notSent: '内容未丢失，已保存在本机，可重试。', mend: '有 {count} 处需要修改', unsaved: '有 {count} 个图形尚未保存，确定离开？（草稿会留在本机）',
    whatIf: {
      title: '会有什么变化', over: '回放', days: '近 {count} 天', asking: '正在提交…', hint: '把眼前的图形和参数（不必保存）在过去几天的检测记录上重算一遍，与实际告警和人工判定对比。', masks: '未保存的屏蔽区不计入，按已保存的计算。',
      others: '该摄像机已有一项回放正在进行，完成或取消后才能回放您的改动。', outdated: '以下结果对应改动前的设置，请重新回放。', onTrial: '已按眼前的设置转入试运行；不产生告警，发现见：',
    },
    model: { title: '使用的模型', about: '立即生效，几秒内换用，与图形是否保存无关。', algorithm: '本摄像机，仅“{name}”', camera: '本摄像机，全部算法', missing: '没有可用的模型认识：{words}', loading: '正在读取模型…' },
    kept: '本机有 {time} 未保存的草稿（{count} 个图形）。', takeKept: '继续编辑', leaveKept: '丢弃',
    stale: { said: '他人刚刚保存了另一个版本，请选择。', gone: '他人刚刚删除了它。', field: '项目', mine: '您的', theirs: '对方的', same: '两个版本内容相同', corners: '{count} 个顶点（见画面）', dotted: '对方的图形在画面上以黄色虚线显示。', takeTheirs: '采用对方的', keepMine: '用我的覆盖', letGo: '放弃我的', asNew: '作为新图形保存' },
  },
  en: {
    title: 'Watched zones', what: 'the zones', ways: 'Related pages', panel: 'Settings', list: 'Zones, lines and masks', none: 'No zones yet. Draw one on the picture with the tools above it.', unnamed: '(no name)', changed: 'not saved', onTrial: 'on trial', off: 'off', readOnly: 'You may look, not change',
    tools: 'Drawing tools', tool: { area: 'Draw a zone', line: 'Draw a line', mask: 'Draw a mask' }, undo: 'Undo', redo: 'Redo', undoKey: 'Ctrl+Z', redoKey: 'Ctrl+Y', live: 'Live video', boxes: 'Detections',
    drawing: {
      area: 'Click corner by corner, at least {least}; click the first again, double-click or press Enter to end, Backspace takes back a corner, Esc gives up. Without a mouse: press Enter at once, then move the corners with the arrow keys.', line: 'Click point by point, at least {least}; double-click or press Enter to end, Backspace takes back a point, Esc gives up. Without a mouse: press Enter at once, then move the ends with the arrow keys.',
      mask: 'Draw around what is not to be looked at, at least {least} corners; click the first again, double-click or press Enter to end, Backspace takes back a corner, Esc gives up. Without a mouse: press Enter at once, then move the corners with the arrow keys.',
    },
    hint: 'Drag a corner to reshape, a small dot on an edge to add a corner, the inside to move all. Keys: Tab chooses a corner, arrows move it (Shift for larger steps), Insert adds, Delete removes, Ctrl+Z / Ctrl+Y undo and redo.',
    stage: { label: 'Picture and shapes', picture: 'Picture of {name}', noPicture: 'No picture yet', shape: 'Shape: {name}', corner: 'Corner {number}, {x} across, {y} down' },
    kind: { area: 'zone', line: 'line', mask: 'mask' },
    thing: { person: 'person', bicycle: 'bicycle', car: 'car', motorcycle: 'motorcycle', bus: 'bus', truck: 'truck', dog: 'dog', vehicle: 'vehicle', bare_head: 'no hard hat', hard_hat: 'hard hat', left_object: 'left object', changed_colour: 'colour', changed_flow: 'flow' },
    field: {
      name: 'Name', polygon: 'Shape', shape: 'Drawn as', algorithm: 'Algorithm', parameters: 'Parameters', night: 'Parameters by night', sensitivity: 'Sensitivity', nightBy: 'Night is told by', schedule: 'Hours', coolDown: 'Quiet after an alert (seconds)', stillAfter: 'Leave out what stands still (seconds)', typeCode: 'Event type', level: 'Level', enabled: 'On', kind: 'Kind',
    },
    section: { parameters: 'Parameters', schedule: 'Hours', quiet: 'Suppression', becomes: 'What a finding becomes' },
    sensitivity: { low: 'low (fewer false alarms)', normal: 'normal', high: 'high (fewer misses)' }, nightBy: { sun: 'sunrise and sunset', picture: 'brightness of the picture' },
    choice: {
      mode: { presence: 'presence', dwell: 'stay', crossing: 'crossing', vehicle: 'vehicle', goods: 'goods', either: 'vehicle or goods', colour: 'colour', flow: 'flow', colour_or_flow: 'colour or flow', tanker: 'tanker beside it', bank: 'stay at the bank', person: 'person stays' },
      direction: { both: 'both ways', to_left: 'to the left', to_right: 'to the right' },
    },
    day: 'day', night: 'night', nightDiffers: 'Other values by night', emptyIsUsual: 'Left empty, the grey value holds; it follows the sensitivity.', range: '{least}–{most}',
    coolDownHint: 'after an alert nothing is raised for so long', stillHint: 'empty: nothing is left out; else things that stand still for longer do not count', usualType: 'usual: {name}', usualLevel: 'usual: {name}', hides: 'Privacy mask', hidesAbout: 'Within seconds of saving, this part is painted over in stills, evidence, clips and live pictures; live video becomes one masked picture a second. Evidence stored before stays as it is. A mask does not move with the camera: one with a head (PTZ) is not turned while it has a privacy mask, so turn it to its place first.', maskAbout: 'A mask counts for all zones of the camera: nothing in it is looked at.', missingModel: 'The model is missing; this does not run.', suspected: 'suspicion only', aboutAlgorithm: 'What it sees and what it cannot',
    become: { line: 'Make it a line', area: 'Make it a zone' },
    fault: {
      corner_count: 'It takes {least} to {most} corners', outside_picture: 'Corners must lie within the picture', crosses_itself: 'The outline crosses itself. Move a corner', too_small: 'Too small. Draw it larger', required: 'A name is needed', not_a_number: 'It must be a number', not_whole: 'It must be a whole number', range: 'It must be {least} to {most}', no_hours: 'The hours are empty. Choose days and times',
      line_needed: 'This mode needs a line', area_needed: 'This mode needs a zone',
    },
    schedule: {
      label: 'Hours by day of the week', always: 'Always', work: 'Weekdays 8–18', nights: 'Nights 22–6', rounds: 'These times are not full hours; painting rewrites them in full hours.', light: 'Light', lights: { any: 'day and night', day: 'by day only', night: 'by night only' }, hour: '{day} {hour}:00', day: { 1: 'Mo', 2: 'Tu', 3: 'We', 4: 'Th', 5: 'Fr', 6: 'Sa', 7: 'Su' },
    },
    now: {
      title: 'Now', state: { off: 'Preview off', waiting: 'Waiting for the camera', live: 'Previewing', unavailable: 'No preview just now', broken: 'Preview interrupted' }, boxes: '{count} things seen', counting: '{count} count in the chosen zone', stayed: 'stood for {seconds} s / {needed} s', lasted: 'lasting {seconds} s / {needed} s', many: '{seen} of {needed}',
      newer: 'Boxes are a second or two newer than the still: what walks stands a little apart.', holds: 'the condition holds: an alert is raised', dark: 'by night', outside: 'outside its hours: not watched now', missing: 'model missing: not watched now', off: 'switched off: not watched now', starts: 'beginning anew with the new settings', notStored: 'counts once it is saved', changed: 'Not saved: green solid boxes are worked out for the new shape; seconds are of what is stored and begin anew when you save.',
      why: { waiting: 'The camera is not being analysed, or the page was just opened. The picture still refreshes.', unavailable: 'The message service is away and will come back by itself; picture and drawing go on.', broken: 'The connection to the platform is lost; trying again. What you drew is kept on this machine.' },
    },
    saving: 'Saving…', revert: 'Back to stored', remove: 'Delete', removeAsk: 'Delete “{name}”? Alerts it raised stay.', savedSaid: '“{name}” is saved', removedSaid: '“{name}” is deleted', notSent: 'Nothing is lost: it is kept on this machine. Try again.', mend: '{count} to correct', unsaved: '{count} shapes are not saved. Leave? (Drafts stay on this machine)',
    whatIf: {
      title: 'What would change', over: 'Replay', days: 'last {count} days', asking: 'Asking…', hint: 'The shape and its settings as you see them, saved or not, are worked out over what was seen in the past days and compared with the alerts and what people made of them.', masks: 'Masks that are not saved do not count; the saved ones do.',
      others: 'A replay of this camera is running. Yours can begin when it has ended or is cancelled.', outdated: 'This is the result for the settings before your last change. Replay again.', onTrial: 'It is on trial as you see it and raises no alerts. What it finds:',
    },
    model: { title: 'Model', about: 'It holds within seconds, whether or not the shape is saved.', algorithm: 'This camera, “{name}” only', camera: 'This camera, all algorithms', missing: 'No usable model knows: {words}', loading: 'Reading the models…' },
    kept: 'This machine keeps a draft of {time} that was not saved ({count} shapes).', takeKept: 'Go on with it', leaveKept: 'Discard',
    stale: { said: 'Somebody has just saved another version. Choose.', gone: 'Somebody has just deleted it.', field: 'What', mine: 'Yours', theirs: 'Theirs', same: 'Both versions say the same', corners: '{count} corners (see the picture)', dotted: 'Their shape stands in the picture as a yellow dotted line.', takeTheirs: 'Take theirs', keepMine: 'Save mine over it', letGo: 'Let mine go', asNew: 'Save mine as new' },
  },
}

export default messages
