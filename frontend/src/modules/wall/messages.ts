import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    map: '全区态势地图',
    dutyChief: '值班长 {name}',
    noDutyChief: '值班长未登记',
    kpi: {
      received: '今日受理', vsYesterday: '较昨 {change}', open: '在办', nearDue: '临期', nearDueHint: '时限过八成', overdue: '超期', longest: '最长 {time}', none: '无超期',
      onTime: '按期办结', goal: '目标 {goal}%',
    },
    sources: { title: '事件来源', total: '今日 {count} 件', empty: '今日还没有受理案件' },
    trend: { title: '受理趋势', legend: '今日 / 近7日均值', today: '今日', average: '近7日均值', hour: '{hour}时', described: '今日每小时受理：{values}' },
    streets: { title: '街道办结', street: '街道', received: '受理', open: '在办', overdue: '超期', rate: '办结率', label: '在办 {open}', labelOverdue: '在办 {open}  超期 {overdue}' },
    alarms: { title: '当前告警', unacknowledged: '{count} 条未确认', allSeen: '全部已确认', empty: '当前没有未处理的告警', more: '另有 {count} 条', handling: '处置中', handlingOver: '处置中 · 已恢复', seen: '{count} 次', flood: '告警泛滥：{minutes} 分钟内 {count} 条，已归并', grouped: '{count} 条', newest: '最近 {age} 前', shelved: '搁置 {count} 条' },
    cameras: { title: '视频联动', nearest: '就近优先', by: '{name} 周边', empty: '还没有接入摄像机', lost: '{state} {time}', noPicture: '暂无画面' },
    forces: { title: '在线力量', note: '在岗 / 应到', empty: '还没有登记处置力量' },
    force: {
      grid_worker: '网格员', grid_leader: '网格长', collector: '采集员', officer: '执法人员', enforcement: '执法人员', guard: '平安员', volunteer: '志愿者', vehicle: '车辆', fire: '微型消防站',
      team: '处置队伍', emergency: '抢险队', handler: '处置人员', part_time_worker: '兼职网格员', instructor: '指导员', police: '民警', community: '社区值班', other: '其他力量',
    },
    stage: {
      discover: '待受理 {count}', verify: '待核实 {count}', dispatch: '待调度 {count}', handle: '待处置 {count}', feedback: '待反馈 {count}', evaluate: '待评估 {count}',
    },
    flow: '六步闭环',
    card: { title: '选中的告警', evidence: '告警画面' },
    legend: { responder: '处置力量', event: '在办案件' },
    scene: { overview: '全区', incident: '现场', hold: '镜头已锁定（空格解除）' },
    help: { title: '键盘', open: '键盘与设置', space: '锁定或解除镜头', m: '回到全区', f: '全屏', question: '显示这张表', keySpace: '空格' },
    snapshot: '大屏数据',
  },
  en: {
    map: 'Situation map of the district',
    dutyChief: 'Duty chief {name}',
    noDutyChief: 'No duty chief entered',
    kpi: {
      received: 'Received', vsYesterday: '{change}', open: 'Open', nearDue: 'Near due', nearDueHint: '80%+', overdue: 'Overdue', longest: '{time}', none: 'none',
      onTime: 'On time', goal: 'goal {goal}%',
    },
    sources: { title: 'Sources', total: '{count} today', empty: 'Nothing received yet today' },
    trend: { title: 'Received by hour', legend: 'today / 7-day mean', today: 'Today', average: '7-day mean', hour: '{hour}:00', described: 'Received today by hour: {values}' },
    streets: { title: 'Streets', street: 'Street', received: 'Recv.', open: 'Open', overdue: 'Over', rate: 'Closed', label: '{open} open', labelOverdue: '{open} open  {overdue} over' },
    alarms: { title: 'Alarms', unacknowledged: '{count} not seen', allSeen: 'all seen', empty: 'No alarm is waiting at present', more: '{count} more', handling: 'Handling', handlingOver: 'Handling · over', seen: '{count}×', flood: 'Flood: {count} in {minutes} min, grouped', grouped: '{count}', newest: 'newest {age} ago', shelved: '{count} shelved' },
    cameras: { title: 'Cameras', nearest: 'nearest first', by: 'near {name}', empty: 'No camera is connected yet', lost: '{state} {time}', noPicture: 'No picture yet' },
    forces: { title: 'On duty', note: 'on duty / planned', empty: 'No responders entered yet' },
    force: {
      grid_worker: 'Grid workers', grid_leader: 'Grid leaders', collector: 'Collectors', officer: 'Officers', enforcement: 'Officers', guard: 'Guards', volunteer: 'Volunteers', vehicle: 'Vehicles', fire: 'Fire points',
      team: 'Teams', emergency: 'Rescue', handler: 'Handlers', part_time_worker: 'Part-time', instructor: 'Instructors', police: 'Police', community: 'Community', other: 'Others',
    },
    stage: {
      discover: '{count} to accept', verify: '{count} to verify', dispatch: '{count} to send', handle: '{count} to handle', feedback: '{count} to check', evaluate: '{count} to rate',
    },
    flow: 'The six stages',
    card: { title: 'Selected alarm', evidence: 'Picture of the alarm' },
    legend: { responder: 'Responders', event: 'Open events' },
    scene: { overview: 'District', incident: 'Scene', hold: 'Camera held (Space releases)' },
    help: { title: 'Keys', open: 'Keys and settings', space: 'hold or release the camera', m: 'back to the district', f: 'full screen', question: 'this list', keySpace: 'Space' },
    snapshot: 'Wall data',
  },
}

export default messages
