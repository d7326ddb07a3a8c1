import type { ModuleMessages } from '@/shared/i18n/collect'
import cameras from '../cameras/messages'

const messages: ModuleMessages = {
  zh: {
    nav: '传感器', title: '传感器', what: '传感器', whatKinds: '传感器类型', map: '传感器地图', create: '登记传感器', importSheet: '导入', exportExcel: '导出 Excel', template: '下载模板', search: '编码、名称或地址', all: '全部', more: '继续加载',
    empty: '还没有传感器。可登记一台，或从 Excel、CSV 导入。', none: '没有符合条件的传感器', choose: '在列表或地图上选择一台传感器', back: '返回列表', saved: '已保存', registered: '已登记“{name}”', edit: '修改', save: '保存', cancel: '取消', confirm: '确认', note: '说明（可空）',
    stale: '他人已修改，您的修改没有保存。', see: '查看最新', close: '关闭', again: '重试', loading: '正在读取…', open: '在传感器登记中打开', unknown: '未填', nothing: '空', from: '{before} → {after}', noUnit: '未定', unitNumber: '机构 {id}', noReadings: '尚未接入读数',
    hintFar: '远看时只显示位置，放大后逐个显示。', hintAll: '远看时显示全部传感器，不按条件筛选；放大后只显示所选的。',
    needKind: '请选择类型', needCode: '请填写编码', needName: '请填写名称', needPlace: '请在地图上点选位置',
    filter: { theme: '领域', kind: '类型', state: '状态', area: '街道' }, tab: { facts: '详情', history: '历史' },
    state: { in_use: '在用', switched_off: '停用', removed: '拆除' },
    move: { register: '登记', edit: '修改', follow_boundaries: '随区划调整', switch_off: '停用', switch_on: '启用', remove: '拆除', restore: '恢复登记' },
    field: { code: '编码', name: '名称', kind: '类型', measure: '计量', usual: '常见范围', reading: '读数', area: '所在区域', address: '地址', maker: '厂商', model_name: '型号', installed_on: '安装日期', unit_id: '主管单位', place: '位置', point: '位置' },
    column: { code: '编码', name: '名称', kind: '类型', lng: '经度', lat: '纬度', address: '地址', maker: '厂商', model_name: '型号', installed_on: '安装日期', unit: '主管单位' },
    import: { ...(cameras.zh.import as object), title: '导入传感器', file: 'Excel（.xlsx）或 CSV 文件' },
  },
  en: {
    nav: 'Sensors', title: 'Sensors', what: 'the sensors', whatKinds: 'the kinds of sensors', map: 'Map of sensors', create: 'Register', importSheet: 'Import', exportExcel: 'Export Excel', template: 'Template', search: 'Code, name or address', all: 'All', more: 'Load more',
    empty: 'No sensors yet. Register one, or import them from Excel or CSV.', none: 'No sensor matches', choose: 'Choose a sensor in the list or on the map', back: 'Back to the list', saved: 'Saved', registered: '“{name}” is registered', edit: 'Edit', save: 'Save', cancel: 'Cancel', confirm: 'Confirm', note: 'Note (optional)',
    stale: 'Somebody else changed it; your changes were not saved.', see: 'See the newest', close: 'Close', again: 'Try again', loading: 'Loading…', open: 'Open in the register', unknown: 'not told', nothing: 'empty', from: '{before} → {after}', noUnit: 'None', unitNumber: 'unit {id}', noReadings: 'No readings yet',
    hintFar: 'From afar only places are shown; zoom in for each sensor.', hintAll: 'From afar all sensors are shown, whatever is chosen. Zoom in for those chosen.',
    needKind: 'Choose a kind', needCode: 'Give a code', needName: 'Give a name', needPlace: 'Choose a place on the map',
    filter: { theme: 'Field', kind: 'Kind', state: 'State', area: 'Street' }, tab: { facts: 'Details', history: 'History' },
    state: { in_use: 'In use', switched_off: 'Switched off', removed: 'Removed' },
    move: { register: 'Registered', edit: 'Edited', follow_boundaries: 'Boundaries changed', switch_off: 'Switch off', switch_on: 'Switch on', remove: 'Remove', restore: 'Restore' },
    field: { code: 'Code', name: 'Name', kind: 'Kind', measure: 'Measures', usual: 'Usual range', reading: 'Readings', area: 'Area', address: 'Address', maker: 'Maker', model_name: 'Model', installed_on: 'Installed on', unit_id: 'Competent unit', place: 'Place', point: 'Place' },
    column: { code: 'Code', name: 'Name', kind: 'Kind', lng: 'Longitude', lat: 'Latitude', address: 'Address', maker: 'Maker', model_name: 'Model', installed_on: 'Installed on', unit: 'Competent unit' },
    import: { ...(cameras.en.import as object), title: 'Import sensors', file: 'Excel (.xlsx) or CSV file' },
  },
}

export default messages
