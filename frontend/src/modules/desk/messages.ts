import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '调度台',
    command: {
      hint: '指令或搜索：派 城管局 0342', label: '指令或搜索', suggestions: '指令建议', search: '在队列中查找“{text}”', arrive: '到场', kind: { unit: '部门', responder: '力量' },
      example: { dispatch: '{verb} 网格员07 0342', merge: '{verb} 0342 0341', other: '{verb} 0342' },
      unclear: '“{who}”不明确，请写全部门或人员的名称。', notOffered: '“{state}”的案件现在不能{move}，或您没有这个权限。', notFound: '没有找到编号 {number} 的案件。', several: '有 {count} 件案件的编号以 {number} 结尾，请从列表选择。',
      which: '请先选择案件，或写明编号。', arrived: '{name} 已到场。', arrivalNoted: '已记录 {name} 到场。', nobodySent: '这件案件没有派出人员，不能记录到场。', whoArrived: '请写明谁到场：{names}。',
    },
    aside: { label: '力量、进展、关联和时限', forces: '力量', progress: '进展', linked: '关联', limits: '时限', nothing: '没有申请、催督办和相似案件' },
    routing: { lead: '主办', co: '协办', responsible: '责任人', owner: '主责中心', level: '级别' },
    newEvent: '登记案件',
    help: '快捷键',
    keys: {
      title: '快捷键', next: '下一条 / 上一条', open: '到操作区', acknowledge: '确认告警', silence: '静音 60 秒', main: '主要操作', report: '登记案件', search: '指令与搜索', merge: '并案', take: '接办', goQueue: '到队列', goMap: '到地图', goRequests: '到申请单', goTickets: '到工单', goWall: '到大屏',
      genuine: '告警属实', falseAlarm: '告警误报', tick: '选定最近的空闲力量', call: '呼叫选定的力量', mapWindow: '地图到另一窗口 / 收回', back: '返回', help: '本帮助', letters: '启用单字母快捷键',
      lettersHint: '用读屏软件或语音输入时可以关闭，功能键仍然可用。',
    },
    sound: { on: '声音已启用', off: '声音已关闭', blocked: '声音被拦，点此启用', silent: '静音中 {seconds}s' },
    alarm: {
      more: '另有 {count} 条未确认', acknowledge: '确认', silence: '静音 60 秒', bar: '未确认告警', failed: '确认没有发出', seenBy: '{by} {at} 已确认',
      stale: '可能有未显示的新告警', none: '当前没有未确认告警', inHand: '处置中', minor: '确认可见的 {count} 条', flood: '告警泛滥：{minutes} 分钟内新增 {count} 条，已按地点和原因归并，声音减为每 {seconds} 秒一次', shelf: '搁置 {count}',
      recovered: '恢复未确认', toAcknowledge: '确认恢复', refused: '{count} 条没有确认：已由他人处理或级别较高',
    },
    queue: {
      title: '待处置', allStreets: '全部街道', allStages: '全部阶段', alerts: '待核实告警', byDue: '按时限', newest: '按最新', mine: '轮到我', summary: '{mine} 轮到我 · {over} 超时', urged: '催办 {count}', taken: '{name} 接办', unsigned: '超时未签收',
      number: '编号', item: '事项', source: '来源', age: '已过', state: '状态', limit: '时限', arrivals: '{count} 条新事件', arrivalsHint: '点击放入列表',
      empty: '当前没有待处置的告警和案件', emptyFilter: '没有符合条件的告警和案件', more: '载入更多', loadingMore: '正在载入…', what: '待处置队列', alertNumber: '告警', over: '已结束',
      street: '街道', stage: '阶段', order: '排序', list: '待处置队列', stopped: '数据停在 {time}', group: '{place} {cause} {count} 条', groupUnseen: '{count} 条未确认', unfold: '展开或收起 {name}',
    },
    item: {
      none: '从左侧选择一条告警或案件', what: '案件', alert: '告警', source: '来源：{source}', found: '发现 {time}', reported: '上报 {time}', seen: '出现 {count} 次',
      lead: '主办：{unit}', unitGrid: '单元网格 {code}', component: '部件：{type} {code}（{state}）', condition: '立案条件：{text}', scenario: '场景：{name}', event: '已转案件，查看', precision: '此规则属实率 {value}%', wholeArea: '全区', map: '案件位置地图',
      taken: '{by} {at} 接办', owner: '主责：{unit}', rework: '返工 {count} 次', returned: '回退 {count} 次', decided: '判定理由：{reason}', recovered: '{time} 情况已恢复', video: '周边视频', shelved: '{by} 搁置至 {until}：{reason}',
    },
    forces: {
      name: '力量', state: '状态', distance: '直线距离', idle: '空闲', off: '不在岗', busy: '忙：{what}', empty: '附近没有可派的力量', noPhone: '未登记电话', what: '附近力量',
      choose: '选定 {name} 执行', warnBusy: '{name} 正忙，仍可指派，请先联系确认。', old: '位置 {age}前', kind: {
        grid_worker: '网格员', collector: '信息采集员', officer: '执法人员', guard: '平安员', volunteer: '志愿者', team: '队伍', vehicle: '车辆',
      },
    },
    call: {
      title: '呼叫 {name}', button: '呼叫', asking: '正在取号码…', dial: '拨打 {number}', note: '通话要点（选填，写入办理记录）', later: '稍后再记', none: '请先在“力量”中选定一个，再呼叫。', noEvent: '请先选择案件，再呼叫。', said: '{name}：{outcome}，已记入办理记录',
      state: { connecting: '总机正在接通：请先接听本席电话', by_hand: '没有接入总机，请点号码或用电话拨打', not_connected: '总机没有接通，请点号码或用电话拨打' },
    },
    mapWindow: { open: '双屏', close: '收回地图', elsewhere: '地图在另一窗口', blocked: '浏览器拦住了新窗口，请允许本站弹出窗口后再试。', title: '调度台地图', alone: '调度台已关闭，本窗口继续显示实时地图。', desk: '在本窗口打开调度台', together: '与调度台同步' },
    report: {
      similar: '附近已有 {count} 件同类案件，是否同一件事？', title: '登记案件', type: '案件类型', chooseType: '请选择类型', description: '情况说明', place: '位置', address: '详细地址', addressHint: '例：友谊路 12 号门前', level: '级别',
      source: '来源', photos: '现场照片', send: '登记', sending: '正在登记…', missing: '请填写：{fields}', keep: '内容已保留，关闭后再打开可以继续', done: '已登记 {number}', usualLevel: '按类型',
      caller: '来电、来访人（选填，脱敏保存）', callerName: '称呼', callerPhone: '电话', receipt: '回执号 {receipt}，请告知对方', told: '已告知，完成',
    },
  },
  en: {
    title: 'Dispatch desk',
    command: {
      hint: 'Command or search: send Urban 0342', label: 'Command or search', suggestions: 'Suggestions', search: 'Look for “{text}” in the queue', arrive: 'Arrived?', kind: { unit: 'Unit', responder: 'Force' },
      example: { dispatch: '{verb} Worker07 0342', merge: '{verb} 0342 0341', other: '{verb} 0342' },
      unclear: '“{who}” is not clear: write the whole name.', notOffered: '{move} is not possible in the state “{state}”, or not yours to do.', notFound: 'There is no event with the number {number}.', several: '{count} events end with {number}: choose from the list.',
      which: 'Choose an event first, or give its number.', arrived: '{name} is on site.', arrivalNoted: 'Noted: {name} is on site.', nobodySent: 'Nobody was sent to this event, so nobody can arrive.', whoArrived: 'Say who has arrived: {names}.',
    },
    aside: { label: 'Forces, progress, links and limits', forces: 'Forces', progress: 'Progress', linked: 'Links', limits: 'Limits', nothing: 'No requests, reminders or similar events' },
    routing: { lead: 'Lead', co: 'Co-handling', responsible: 'Responsible', owner: 'Centre', level: 'Level' },
    newEvent: 'New event',
    help: 'Keys',
    keys: {
      title: 'Keys', next: 'Next / previous line', open: 'To the actions', acknowledge: 'Acknowledge the alarm', silence: 'Silence for 60 s', main: 'Main action', report: 'New event',
      search: 'Command and search', merge: 'Merge', take: 'Take', goQueue: 'To the queue', goMap: 'To the map', goRequests: 'To the requests', goTickets: 'To the tickets', goWall: 'To the wall', genuine: 'Alert is genuine', falseAlarm: 'False alarm', tick: 'Choose the nearest free responder', call: 'Call the chosen responder', mapWindow: 'Map to its own window / back', back: 'Back', help: 'This help', letters: 'Single-letter keys',
      lettersHint: 'Turn off when using a screen reader or speech input; function keys keep working.',
    },
    sound: { on: 'Sound on', off: 'Sound off', blocked: 'Sound is blocked: enable', silent: 'Silent {seconds} s' },
    alarm: {
      more: '{count} more unacknowledged', acknowledge: 'Acknowledge', silence: 'Silence 60 s', bar: 'Unacknowledged alarm', failed: 'The acknowledgement was not sent',
      seenBy: 'Acknowledged by {by} {at}', stale: 'New alarms may not be shown', none: 'No alarm waits to be acknowledged', inHand: 'in hand', minor: 'Acknowledge {count} on screen', flood: 'Flood: {count} new in {minutes} min. Grouped by place and cause, one sound in {seconds} s', shelf: 'Shelved {count}',
      recovered: 'over, not seen', toAcknowledge: 'Acknowledge', refused: '{count} not acknowledged: somebody was faster, or they are urgent',
    },
    queue: {
      title: 'To do', allStreets: 'All streets', allStages: 'All stages', alerts: 'Alerts to verify', byDue: 'By time left', newest: 'Newest first', mine: 'My turn',
      summary: '{mine} my turn · {over} overdue', urged: 'urged {count}×', taken: 'taken by {name}', unsigned: 'not signed in time', number: 'No.', item: 'Item', source: 'Source', age: 'Age', state: 'State', limit: 'Limit', arrivals: '{count} new', arrivalsHint: 'Click to take in',
      empty: 'No alerts or events are waiting', emptyFilter: 'Nothing matches these filters', more: 'Load more', loadingMore: 'Loading…', what: 'The queue', alertNumber: 'Alert', over: 'over',
      street: 'Street', stage: 'Stage', order: 'Order', list: 'Queue', stopped: 'Data stopped at {time}', group: '{place} {cause}: {count}', groupUnseen: '{count} not seen', unfold: 'Unfold or fold {name}',
    },
    item: {
      none: 'Choose an alert or event on the left', what: 'The event', alert: 'Alert', source: 'Source: {source}', found: 'found {time}', reported: 'reported {time}', seen: 'seen {count} times',
      lead: 'Lead: {unit}', unitGrid: 'Unit grid {code}', component: 'Component: {type} {code} ({state})', condition: 'Condition: {text}', scenario: 'Scenario: {name}', event: 'Became an event, open it', precision: 'This rule is right in {value}%', wholeArea: 'Whole area',
      map: 'Map of the event', taken: 'taken by {by} {at}', owner: 'Centre: {unit}', rework: 'reworked {count}×', returned: 'returned {count}×', decided: 'Decided because: {reason}', recovered: 'over since {time}', video: 'Video nearby', shelved: 'shelved by {by} until {until}: {reason}',
    },
    forces: {
      name: 'Responder', state: 'State', distance: 'Straight line', idle: 'free', off: 'off duty', busy: 'busy: {what}', empty: 'Nobody near can be sent', noPhone: 'no telephone', what: 'Forces near',
      choose: 'Choose {name}', warnBusy: '{name} is busy. You can still send them; call first.', old: 'position {age} old', kind: {
        grid_worker: 'Grid worker', collector: 'Collector', officer: 'Officer', guard: 'Guard', volunteer: 'Volunteer', team: 'Team', vehicle: 'Vehicle',
      },
    },
    call: {
      title: 'Call {name}', button: 'Call', asking: 'Asking for the number…', dial: 'Dial {number}', note: 'What was said (optional, goes into the log)', later: 'Note it later', none: 'Choose somebody under Forces first.', noEvent: 'Choose an event first.', said: '{name}: {outcome}; noted in the log',
      state: { connecting: 'The exchange connects you: pick up your own telephone first', by_hand: 'There is no exchange: click the number, or dial it', not_connected: 'The exchange did not take it: click the number, or dial it' },
    },
    mapWindow: { open: 'Two screens', close: 'Take the map back', elsewhere: 'The map is in its own window', blocked: 'The browser kept back the window. Allow pop-ups for this site and try again.', title: 'Map of the desk', alone: 'The desk was closed. This map goes on by itself.', desk: 'Open the desk here', together: 'with the desk' },
    report: {
      similar: '{count} similar events are open nearby. Is it one of them?', title: 'New event', type: 'Event type', chooseType: 'Choose a type', description: 'What is wrong', place: 'Place', address: 'Address', addressHint: 'E.g. in front of 12 Youyi Road',
      level: 'Level', source: 'Source', photos: 'Photos', send: 'Report', sending: 'Sending…', missing: 'Please fill in: {fields}', keep: 'What you typed is kept if you close this',
      done: 'Reported {number}', usualLevel: 'As the type says',
      caller: 'Caller or visitor (optional, kept masked)', callerName: 'Name', callerPhone: 'Telephone', receipt: 'Receipt {receipt}: tell it to the caller', told: 'Told, done',
    },
  },
}

export default messages
