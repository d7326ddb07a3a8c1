import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '随手拍', subtitle: '{district} · 城市问题上报', report: '我要上报', follow: '查询进度', large: '大字', skip: '跳到主要内容', sending: '正在提交…',
    optional: '选填', required: '必填', retry: '重试', close: '关闭', notice: '一般问题 12345，紧急情况 110 / 119 / 120',
    offline: { now: '当前没有网络。您填写的内容已保存在本机，联网后再提交即可。', kept: '已恢复您上次没有提交的内容。', discard: '清空重填' },
    urgent: { title: '情况紧急，请先拨打电话', call: '拨打 {number}', names: '119 火警救援，110 报警，120 急救', after: '打完电话后仍可在此上报。' },
    what: {
      legend: '一、发生了什么', photos: '照片', take: '拍照或选择照片', hint: '最多 {count} 张，每张不超过 15 MB；照片中的拍摄信息会自动去除', remove: '删除第 {index} 张照片', photo: '第 {index} 张照片', waiting: '待上传', uploading: '上传中', failed: '没有传上，点击重试',
      text: '情况说明', textHint: '例：小区北门外路灯不亮，已经三天', kind: '问题类别', suggested: '可能是（点选）', other: '其他类别', unsure: '不确定，由工作人员判断', chosen: '已选：{name}', choose: '全部类别',
    },
    where: {
      legend: '二、在哪里', locate: '用我现在的位置', locating: '正在定位…', map: '在地图上选', hideMap: '收起地图', mapLabel: '点击地图选择位置', point: '已选位置', pointRough: '已定位，误差约 {metres} 米', clear: '清除位置', address: '地址', addressHint: '路名、门牌、小区或社区，例：湖滨路 12 号荷花苑东门',
      noMap: '这台设备无法显示地图，请填写地址。', either: '定位、地图、地址任选一种。',
      failed: { insecure: '此网址不能定位，请在地图上选或填写地址。', unsupported: '这台设备没有定位功能，请在地图上选或填写地址。', refused: '定位权限被拒绝，请在地图上选或填写地址。', unavailable: '暂时无法定位，请在地图上选或填写地址。', slow: '定位超时，请重试或填写地址。' },
    },
    near: { title: '附近 {metres} 米内已有上报，是同一件事吗？', row: '{kind}，约 {metres} 米', since: '{day} 上报', join: '我也遇到', joinLabel: '我也遇到：{kind}，约 {metres} 米' },
    who: { legend: '三、联系方式（选填）', why: '只用于就此事联系您。办结后按规定删除，经办人员查看会留下记录。', name: '称呼', phone: '电话', website: '请留空' },
    send: '提交', done: {
      title: '已收到，谢谢！', receipt: '回执号', keep: '请保存回执号或截图。凭它可查询进度、评价和要求重办，不要公开。', qr: '进度页二维码，回执 {receipt}', open: '查看进度', another: '再报一件', copy: '复制链接', copied: '已复制',
    },
    error: {
      title: '还有 {count} 处需要补充', text: '请用几个字说明情况', place: '请定位、在地图上选点，或写明地址', phone: '电话号码格式不对', network: '网络不通，没有发出。内容已保存，请稍后重试。', unknown: '没有成功，请重试。', photo: '这个文件不是可用的照片', file_too_large: '照片超过 15 MB，请换一张', load: '页面内容读取失败',
    },
    track: {
      title: '办理进度', enter: '输入回执号', go: '查询', receipt: '回执 {receipt}', number: '案件号 {number}', where: '地点', reported: '上报时间', refresh: '刷新', now: '当前：{stage}', merged: '您反映的问题已与同一问题合并办理，以下为合并后的进度。', answer: '答复', run: '第 {run} 次办理',
      suspended: '因客观条件暂缓办理，预计 {day} 恢复。', rejected: '未予受理。', cancelled: '该件已作废。', waiting: '工作人员正在核对，请稍后查看。', none: '没有这个回执号，请核对后重新输入。', reached: '{stage}，{at}', ahead: '{stage}，尚未到达',
    },
    stage: { reported: '已上报', filed: '已立案', dispatched: '已派遣', handling: '处置中', handled: '已处置', closed: '已结案', suspended: '挂账', rejected: '不予受理', cancelled: '作废' },
    rate: { title: '您对办理结果满意吗？', until: '{day} 前可以评价', score: { '1': '很不满意', '2': '不满意', '3': '一般', '4': '满意', '5': '很满意' }, note: '想说的话', send: '提交评价', thanks: '谢谢您的评价：{score}', change: '修改评价' },
    again: { title: '没有解决？要求重办', reason: '说明原因', hint: '例：修好第二天又坏了', send: '要求重办', done: '已重新办理，请继续关注进度。', missing: '请说明原因' },
  },
  en: {
    title: 'Report a problem', subtitle: '{district} · city problems', report: 'Report', follow: 'Follow a report', large: 'Large text', skip: 'Skip to content', sending: 'Sending…',
    optional: 'optional', required: 'required', retry: 'Try again', close: 'Close', notice: 'General matters 12345 · emergencies 110 / 119 / 120',
    offline: { now: 'You are offline. What you wrote is kept on this device; send it when you are back.', kept: 'What you had not sent is here again.', discard: 'Start afresh' },
    urgent: { title: 'This sounds urgent: please call first', call: 'Call {number}', names: '119 fire and rescue, 110 police, 120 ambulance', after: 'You can still report it here afterwards.' },
    what: {
      legend: '1. What is wrong', photos: 'Photos', take: 'Take or choose photos', hint: 'Up to {count}, 15 MB each; what the camera wrote into them is removed', remove: 'Remove photo {index}', photo: 'Photo {index}', waiting: 'to be sent', uploading: 'sending', failed: 'Not sent, tap to try again',
      text: 'What happened', textHint: 'E.g. the street lamp at the north gate has been out for three days', kind: 'Kind of problem', suggested: 'Perhaps (choose)', other: 'Another kind', unsure: 'Not sure: the staff decide', chosen: 'Chosen: {name}', choose: 'All kinds',
    },
    where: {
      legend: '2. Where', locate: 'Where I am now', locating: 'Finding your position…', map: 'Choose on the map', hideMap: 'Hide the map', mapLabel: 'Click the map to choose the place', point: 'Place chosen', pointRough: 'Position known to about {metres} m', clear: 'Clear the place', address: 'Address', addressHint: 'Road and number, estate or community',
      noMap: 'This device cannot show the map. Write the address.', either: 'Position, map or address: one is enough.',
      failed: { insecure: 'This address cannot ask for your position. Use the map or write the address.', unsupported: 'This device has no position. Use the map or write the address.', refused: 'Position was refused. Use the map or write the address.', unavailable: 'No position now. Use the map or write the address.', slow: 'Finding the position took too long. Try again, or write the address.' },
    },
    near: { title: 'Reported already within {metres} m. Is it one of these?', row: '{kind}, about {metres} m away', since: 'reported {day}', join: 'Me too', joinLabel: 'Me too: {kind}, about {metres} m away' },
    who: { legend: '3. Contact (optional)', why: 'Used only to reach you about this. It is erased some time after it is settled, and whoever looks at it is noted.', name: 'Name', phone: 'Phone', website: 'Leave this empty' },
    send: 'Send', done: {
      title: 'Received, thank you!', receipt: 'Receipt', keep: 'Keep the receipt or a picture of this page. With it you can follow, rate and reopen; do not publish it.', qr: 'QR code of the progress page, receipt {receipt}', open: 'See progress', another: 'Report another', copy: 'Copy the link', copied: 'Copied',
    },
    error: {
      title: '{count} things are missing', text: 'Say in a few words what is wrong', place: 'Find your position, choose on the map, or write the address', phone: 'This is not a phone number', network: 'No network: nothing was sent. It is kept here, try again later.', unknown: 'It did not work. Try again.', photo: 'This file is not a usable photo', file_too_large: 'The photo is larger than 15 MB. Choose another', load: 'The page could not be loaded',
    },
    track: {
      title: 'Progress', enter: 'Enter a receipt', go: 'Look', receipt: 'Receipt {receipt}', number: 'Case {number}', where: 'Place', reported: 'Reported', refresh: 'Refresh', now: 'Now: {stage}', merged: 'Your report is handled together with an earlier one of the same problem; this is how far that one is.', answer: 'Answer', run: 'Handled for the {run}. time',
      suspended: 'Postponed for now, expected to go on {day}.', rejected: 'It was not taken.', cancelled: 'It was cancelled.', waiting: 'The staff are looking at it. Come back a little later.', none: 'There is no such receipt. Check it and try again.', reached: '{stage}, {at}', ahead: '{stage}, not yet',
    },
    stage: { reported: 'Reported', filed: 'Filed', dispatched: 'Dispatched', handling: 'In progress', handled: 'Handled', closed: 'Closed', suspended: 'Postponed', rejected: 'Not taken', cancelled: 'Cancelled' },
    rate: { title: 'How satisfied are you?', until: 'Ratings are open until {day}', score: { '1': 'Very dissatisfied', '2': 'Dissatisfied', '3': 'So-so', '4': 'Satisfied', '5': 'Very satisfied' }, note: 'Anything to add', send: 'Send the rating', thanks: 'Thank you for your rating: {score}', change: 'Change it' },
    again: { title: 'Not solved? Have it taken up again', reason: 'Why', hint: 'E.g. it broke again the next day', send: 'Take it up again', done: 'It is taken up again; follow its progress here.', missing: 'Say why' },
  },
}

export default messages
