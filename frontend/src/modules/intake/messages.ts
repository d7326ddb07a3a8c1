import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '甄别', title: '公众上报甄别', what: '待甄别上报', empty: '没有待甄别的公众上报', list: '待甄别列表', pick: '从左侧选择一条上报', kind: '类别', noKind: '未选类别', place: '位置', noPlace: '没有位置，请按地址在地图上选点', address: '地址', came: '上报时间', contact: '留有联系方式', noContact: '没有联系方式',
    why: '待甄别原因', photos: '照片',
    reason: { no_place: '缺少确切位置', no_kind: '没有选择类别', trapped: '疑似程序填写', too_fast: '填写过快', many_from_one_network: '同一网络短时间多件', same_text: '与近期上报文字雷同', many_at_one_place: '同一地点短时间多件' },
    accept: '采纳并立为案件', reject: '不予采纳', rejectReason: '不予采纳的理由（上报人会看到）', rejectHint: '例：内容与城市管理无关', askHint: '例：问清具体位置', missing: { type_code: '请选择类别', place: '请在地图上选点', reason: '请写明理由' }, accepted: '已采纳，案件已生成', rejected: '已答复上报人', openEvent: '查看案件',
    reporters: {
      title: '上报人', none: '没有登记上报人', first: '首报', me_too: '我也遇到', erased: '联系方式已按期删除', none_left: '未留联系方式', see: '查看联系方式', purpose: '查看目的（将记入日志）', purposeHint: '例：电话回访核查结果', confirm: '查看', rated: '满意度 {score}/5', told: '告知', register: '登记来电、来访', channel: '渠道', name: '称呼', phone: '电话', save: '登记', receipt: '回执号 {receipt}，请告知对方',
    },
  },
  en: {
    nav: 'Intake', title: 'Reports to look at', what: 'The reports', empty: 'No report from the public waits', list: 'Waiting reports', pick: 'Choose a report on the left', kind: 'Kind', noKind: 'No kind chosen', place: 'Place', noPlace: 'No place: choose it on the map by the address', address: 'Address', came: 'Reported', contact: 'left a contact', noContact: 'no contact',
    why: 'Why it is here', photos: 'Photos',
    reason: { no_place: 'no exact place', no_kind: 'no kind chosen', trapped: 'filled in by a program, it seems', too_fast: 'written too fast', many_from_one_network: 'many from one network', same_text: 'same words as another', many_at_one_place: 'many at one place' },
    accept: 'Take it as an event', reject: 'Do not take it', rejectReason: 'Why it is not taken (the reporter reads it)', rejectHint: 'E.g. not a matter of the city', askHint: 'E.g. to ask where it is', missing: { type_code: 'Choose a kind', place: 'Choose the place on the map', reason: 'Say why' }, accepted: 'Taken: it is an event now', rejected: 'The reporter is answered', openEvent: 'See the event',
    reporters: {
      title: 'Reporters', none: 'Nobody is noted as reporter', first: 'first', me_too: 'me too', erased: 'contact erased in time', none_left: 'left no contact', see: 'See the contact', purpose: 'Why (it is logged)', purposeHint: 'E.g. to call back about the check', confirm: 'See', rated: 'rated {score}/5', told: 'told', register: 'Note a caller or visitor', channel: 'Channel', name: 'Name', phone: 'Phone', save: 'Note', receipt: 'Receipt {receipt}: tell it to the caller',
    },
  },
}

export default messages
