import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '部件', title: '城市部件', what: '部件', whatTypes: '部件类型', search: '代码开头或地址', all: '全部', empty: '还没有部件。可登记一个，或从 Excel、CSV、GeoPackage 导入。', none: '没有符合条件的部件', noneDue: '今天没有到期的巡检', choose: '在列表或地图上选择一个部件', more: '继续加载',
    create: '登记部件', import: '导入', imports: '导入记录', back: '返回列表', map: '部件地图', due: '巡检到期', saved: '已保存', registered: '已登记 {code}', hint: '放大到街区后逐个显示；之前按密度显示，带边线处一成以上破损或丢失。', hintAll: '远看时按密度显示全部部件，不按条件筛选；放大到街区后只显示所选类型和状态。', hintNarrowed: '地图只显示所选类型和状态的部件。',
    filter: { main: '大类', type: '小类', state: '状态', area: '街道' },
    near: { title: '是哪个部件（选填）', looking: '正在查找附近的部件…可以先上报', none: '{metres} 米内没有登记的部件，可直接上报', failed: '查不到附近的部件，可直接上报', skip: '不指定部件', metres: '{metres} 米', gone: '（现场选定的部件 {code}，上报送达时已不在登记中）' },
    state: { intact: '完好', damaged: '破损', lost: '丢失', abandoned: '废弃', removed: '移除' },
    field: { code: '部件代码', type: '类型', state: '状态', area: '所在区域', unit_grid: '单元网格', department: '主管部门', owner: '权属单位', maintainer: '养护单位', address: '地址', source: '来源', inspection_due: '下次巡检', place: '位置', point: '位置', department_id: '主管部门', owner_unit_id: '权属单位', maintainer_unit_id: '养护单位', type_id: '类型', import: '导入批次' },
    byType: '（按类型）', unknown: '未填', unit: '选择机构', other: '其他（填写名称）', codeHint: '留空自动编号：{split} 位', needPlace: '请在地图上点选位置', needType: '请选择类型',
    edit: '修改', relocate: '移位', save: '保存', cancel: '取消', note: '说明（可空）', confirm: '确认', stale: '他人已修改，您的修改没有保存。', see: '查看最新', keepUnit: '机构 {id}',
    move: { register: '登记', edit: '修改', relocate: '移位', report_damage: '报破损', report_loss: '报丢失', repair: '修复', abandon: '废弃', remove: '移除', restore: '恢复登记', inspect: '巡检' },
    tab: { facts: '详情', events: '案件', history: '历史' }, noEvents: '没有与它有关的案件', noHistory: '没有记录', byImport: '导入文件“{file}”', from: '{before} → {after}', nothing: '空',
    load: {
      title: '导入部件', about: '支持 CSV、Excel（.xlsx）和 GeoPackage，首行为表头。按部件代码更新：已有的原地更新，没有的新增，重复导入不会重复登记。', file: '文件', datum: '坐标系', look: '预览', looking: '正在检查…', start: '开始导入', starting: '正在提交…', cancel: '取消导入', close: '关闭', another: '导入另一个文件', instead: '换一个文件', columns: '识别的列', ignored: '未识别的列（不读取）：{columns}', sample: '前几行', faults: '前 {count} 个问题', faultsTable: '错误行', row: '行', column: '列', value: '原值', problem: '问题', download: '下载全部错误行', rows: '约 {count} 行', cannot: '表头有误，改正后重新上传', read: '已读 {read} 行', readOf: '已读 {read} / {total} 行', merging: '正在写入部件库…', refused: '{count} 行未导入', done: '新增 {created}，更新 {updated}，无变化 {unchanged}，未导入 {refused}', most: '最大 {mb} MB。', tooLarge: '文件有 {size} MB，超过 {mb} MB，没有上传。请拆分成几个文件分别导入，或请系统管理员在服务器上用 manage.py import_components 导入。', headings: '表头：部件代码、类型、经度、纬度、状态、地址、主管部门、权属单位、养护单位、来源、下次巡检（前四项中类型可由代码得出）',
      state: { previewed: '待确认', queued: '排队中', running: '导入中', done: '已完成', failed: '失败', cancelled: '已取消' }, why: { not_allowed: '账号已停用或不再有权限', unreadable: '文件无法读取', interrupted: '执行中断，多次重试未完成', fault: '系统出错，请联系管理员' }, none: '还没有导入过文件',
      of: { cgcs2000: 'CGCS2000（国家2000）', wgs84: 'WGS-84', gcj02: 'GCJ-02（高德、腾讯）', bd09: 'BD-09（百度）' },
    },
  },
  en: {
    nav: 'Components', title: 'City components', what: 'the components', whatTypes: 'the types of components', search: 'Beginning of a code, or address', all: 'All', empty: 'No components yet. Register one, or import them from Excel, CSV or GeoPackage.', none: 'No component matches', noneDue: 'No inspection is due today', choose: 'Choose a component in the list or on the map', more: 'Load more',
    create: 'Register', import: 'Import', imports: 'Imports', back: 'Back to the list', map: 'Map of components', due: 'Inspection due', saved: 'Saved', registered: '{code} is registered', hint: 'One by one when you zoom into a block; before that by density, outlined where more than a tenth is damaged or lost.', hintAll: 'From afar the density is of all components, whatever is chosen. Zoom into a block for the chosen type and state alone.', hintNarrowed: 'Only components of the chosen type and state are shown.',
    filter: { main: 'Main class', type: 'Sub class', state: 'State', area: 'Street' },
    near: { title: 'Which component (optional)', looking: 'Looking for components nearby… you can report already', none: 'No component is registered within {metres} m: report without one', failed: 'Components nearby could not be asked: report without one', skip: 'None named', metres: '{metres} m', gone: ' (Component {code}, chosen on the spot, was no longer in the register when the report arrived.)' },
    state: { intact: 'Intact', damaged: 'Damaged', lost: 'Lost', abandoned: 'Abandoned', removed: 'Removed' },
    field: { code: 'Code', type: 'Type', state: 'State', area: 'Area', unit_grid: 'Unit grid', department: 'Competent department', owner: 'Owner', maintainer: 'Maintainer', address: 'Address', source: 'Source', inspection_due: 'Next inspection', place: 'Place', point: 'Place', department_id: 'Competent department', owner_unit_id: 'Owner', maintainer_unit_id: 'Maintainer', type_id: 'Type', import: 'Import' },
    byType: '(by type)', unknown: 'not told', unit: 'Choose a unit', other: 'Another (by name)', codeHint: 'Leave empty to number it: {split} digits', needPlace: 'Choose a place on the map', needType: 'Choose a type',
    edit: 'Edit', relocate: 'Move', save: 'Save', cancel: 'Cancel', note: 'Note (optional)', confirm: 'Confirm', stale: 'Somebody else changed it; your changes were not saved.', see: 'See the newest', keepUnit: 'unit {id}',
    move: { register: 'Registered', edit: 'Edited', relocate: 'Moved', report_damage: 'Report damage', report_loss: 'Report loss', repair: 'Repaired', abandon: 'Abandon', remove: 'Remove', restore: 'Restore', inspect: 'Inspect' },
    tab: { facts: 'Details', events: 'Events', history: 'History' }, noEvents: 'No event is about it', noHistory: 'Nothing is recorded', byImport: 'Import of “{file}”', from: '{before} → {after}', nothing: 'empty',
    load: {
      title: 'Import components', about: 'CSV, Excel (.xlsx) and GeoPackage, with headings in the first row. Known codes are updated in place, others are new; importing again registers nothing twice.', file: 'File', datum: 'Datum', look: 'Preview', looking: 'Checking…', start: 'Start the import', starting: 'Sending…', cancel: 'Cancel the import', close: 'Close', another: 'Import another file', instead: 'Take another file', columns: 'Columns recognised', ignored: 'Columns nobody knows (not read): {columns}', sample: 'First rows', faults: 'First problems ({count})', faultsTable: 'Refused rows', row: 'Row', column: 'Column', value: 'Value', problem: 'Problem', download: 'Download all refused rows', rows: 'about {count} rows', cannot: 'The headings are wrong: correct and upload again', read: '{read} rows read', readOf: '{read} of {total} rows read', merging: 'Writing into the register…', refused: '{count} rows refused', done: '{created} new, {updated} updated, {unchanged} unchanged, {refused} refused', most: 'Up to {mb} MB.', tooLarge: 'The file has {size} MB, more than {mb} MB, and was not sent. Split it and import the parts, or have an administrator import it on the server by manage.py import_components.', headings: 'Headings: code, type, longitude, latitude, state, address, department, owner, maintainer, source, inspection due (the type may follow from the code)',
      state: { previewed: 'to confirm', queued: 'queued', running: 'importing', done: 'done', failed: 'failed', cancelled: 'cancelled' }, why: { not_allowed: 'The account is closed or has no right any more', unreadable: 'The file cannot be read', interrupted: 'Interrupted, and not completed in several attempts', fault: 'A fault of the system: ask an administrator' }, none: 'No file was imported yet',
      of: { cgcs2000: 'CGCS2000', wgs84: 'WGS-84', gcj02: 'GCJ-02 (Amap, Tencent)', bd09: 'BD-09 (Baidu)' },
    },
  },
}

export default messages
