import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '边界导入', title: '导入官方边界', editor: '网格编辑', back: '返回上一步', drop: '放弃导入', dropSure: '放弃这次导入？已读取的图形会删除，地图不受影响。', map: '文件与已发布边界的对照图', noMap: '此设备无法显示地图，其余步骤照常可用。',
    step: { file: '选择文件', datum: '确认坐标', rows: '核对匹配', done: '进入草稿' },
    level: { city: '市', district: '区县', street: '街道', community: '社区', grid: '网格', micro_grid: '微网格' },
    format: { geojson: 'GeoJSON', shapefile: 'Shapefile', geopackage: 'GeoPackage', kml: 'KML' },
    legend: { published: '已发布', file: '文件', repaired: '修复后' },
    file: {
      how: '支持 GeoJSON、Shapefile（.zip，含 .shp .shx .dbf，最好有 .prj）、GeoPackage、KML。导入只生成草稿，发布前地图不变。', root: '导入到', roots: '可导入的辖区', noRoot: '您的辖区内还没有区县或街道，无处可导入。请先由系统管理员在管理后台建立区划。', level: '文件中的图形是', file: '文件',
      most: '最大 {mb} MB。', tooLarge: '文件有 {size} MB，超过 {mb} MB，没有上传。请删去无关图层、抽稀，或按街道分批导入。', sending: '正在上传…', reading: '正在读取图形…', send: '上传并读取', unfinished: '未完成的导入',
    },
    reading: { received: '等待读取', reading: '读取中', of: '已读 {read} / {total} 个图形', refused: '未能读取', dropHint: '可放弃这次导入，改正文件后重新上传。', leave: '文件较大，由后台读取，可以离开本页，稍后从“未完成的导入”继续。' },
    datum: {
      file: '{name}（{format}）：{count} 个面', others: '，另有 {count} 个非面图形', encoding: '文字编码没有写明，按 {encoding} 识别。请核对下方的名称示例。', swappedFound: '坐标的前一个数像纬度：经纬度可能写反了，已按互换处理，请在地图上核对。',
      layer: '图层', projection: '投影', noPrj: '文件没有 .prj，无法知道投影带。请向数据提供方确认，或按地图核对后选择。', choose: '请选择投影带', ofFile: '按文件所写：{system}',
      title: '坐标系（请选择数据的来源坐标系）', cgcs2000: 'CGCS2000（国家 2000）', wgs84: 'WGS-84（GPS）', gcj02: 'GCJ-02（火星坐标，互联网地图）', bd09: 'BD-09（百度地图）', swapped: '经纬度互换（文件中纬度在前）', andSwapped: '，经纬度互换',
      off: '偏移中位数 {metres}', judging: '正在与已发布的边界比较…', nothing: '没有已发布的边界可供比较，请在地图上对照底图判断。',
      likely: '与已发布边界比较，最可能是 {datum}（偏移中位数 {metres}）。', take: '采用', trap: '按当前选择，文件与已发布边界偏移 {metres}；按 {datum} 只有 {better}。很可能选错了坐标系。',
      byNames: '与 {count} 个同名或同代码区域比较，中心偏移中位数 {metres}。', byBorders: '用 {count} 个顶点与已发布边线比较，距离中位数 {metres}。',
      nameField: '名称字段', codeField: '代码字段', noField: '没有', samples: '示例：', next: '确认坐标，核对匹配',
    },
    rows: {
      counts: '{rows} 行：导入 {taken}（新增 {new}，对应现有 {changed}），待处理 {blocked}', noList: '本机没有全国区划名录，无法按名称匹配国家代码；可手工填写，或由系统管理员获取名录（manage.py fetch_divisions）。',
      crossing: '{count} 个图形自相交，地图上虚线为修复后的样子。', repairAll: '全部同意修复', repair: '同意修复', repaired: '（已同意修复）', show: '显示', only: { all: '全部', blocked: '待处理', new: '新增', changed: '对应现有' },
      table: '逐行匹配结果', take: '导入', takeRow: '导入第 {number} 行', number: '行', zoom: '在地图上查看第 {number} 行', name: '名称', nameOf: '第 {number} 行的名称', code: '代码', codeOf: '第 {number} 行的代码', becomes: '结果', findings: '问题与提示',
      from: { file: '取自文件', person: '人工填写', present: '按现有同名区域', national: '按全国区划名录', rule: '按编码规则' }, leftOut: '不导入', changes: '对应现有“{name}”', adds: '新增', none: '没有这样的行',
      title: '草稿说明', complete: '文件是完整的：现有但文件中没有的区域（{count} 个）在草稿中撤销', missing: '将撤销：{names}', missingMore: '，等 {count} 个', draft: '生成草稿（{count} 行）',
    },
    done: { counts: '已写入草稿：新增 {added}，变更 {changed}，无变化 {unchanged}，撤销 {closed}，未接受 {refused}', before: '这次导入已进入草稿', how: '请在网格编辑中检查、送审并发布；发布前地图不变。', again: '再导入一个文件', open: '打开草稿' },
  },
  en: {
    nav: 'Import boundaries', title: 'Import official boundaries', editor: 'Grid editor', back: 'Back', drop: 'Drop this import', dropSure: 'Drop this import? The shapes that were read are deleted; the map is not touched.', map: 'The file over the published boundaries', noMap: 'This device cannot show a map. Everything else works.',
    step: { file: 'Choose a file', datum: 'Confirm the datum', rows: 'Check the matches', done: 'Into a draft' },
    level: { city: 'city', district: 'district', street: 'streets', community: 'communities', grid: 'grids', micro_grid: 'micro-grids' },
    format: { geojson: 'GeoJSON', shapefile: 'Shapefile', geopackage: 'GeoPackage', kml: 'KML' },
    legend: { published: 'published', file: 'file', repaired: 'repaired' },
    file: {
      how: 'GeoJSON, Shapefile (.zip with .shp .shx .dbf, and .prj if there is one), GeoPackage or KML. An import only makes a draft: the map stays as it is until that is published.', root: 'Import into', roots: 'The areas to import into', noRoot: 'There is no district or street in your area to import into. A system administrator has to set up the tree first.', level: 'The shapes are', file: 'File',
      most: 'Up to {mb} MB.', tooLarge: 'The file has {size} MB, more than {mb} MB, and was not sent. Remove other layers, simplify it, or import by street.', sending: 'Sending…', reading: 'Reading the shapes…', send: 'Send and read', unfinished: 'Unfinished imports',
    },
    reading: { received: 'waiting to be read', reading: 'being read', of: '{read} of {total} shapes read', refused: 'could not be read', dropHint: 'Drop this import, correct the file and send it again.', leave: 'The file is large and read in the background: you may leave this page and go on later from the unfinished imports.' },
    datum: {
      file: '{name} ({format}): {count} areas', others: ', and {count} shapes that are no areas', encoding: 'The file does not name the encoding of its texts; {encoding} was found by trying. Check the names below.', swappedFound: 'The first number looks like a latitude: the two seem to be swapped and are turned. Check on the map.',
      layer: 'Layer', projection: 'Projection', noPrj: 'The file has no .prj, so the strip is not known. Ask who made it, or check on the map and choose.', choose: 'Choose a strip', ofFile: 'As the file says: {system}',
      title: 'Datum (what the data comes in)', cgcs2000: 'CGCS2000', wgs84: 'WGS-84 (GPS)', gcj02: 'GCJ-02 (internet maps)', bd09: 'BD-09 (Baidu maps)', swapped: 'Latitude comes first', andSwapped: ', latitude first',
      off: 'median offset {metres}', judging: 'Comparing with the published boundaries…', nothing: 'Nothing is published to compare with. Judge by the base map.',
      likely: 'Compared with what is published it is most likely {datum} (median offset {metres}).', take: 'Take it', trap: 'As chosen, the file lies {metres} off what is published; as {datum} only {better}. The datum is probably another one.',
      byNames: 'Compared with {count} areas of the same name or code: their middles lie {metres} apart (median).', byBorders: '{count} corners compared with the published borders: {metres} apart (median).',
      nameField: 'Field of the name', codeField: 'Field of the code', noField: 'none', samples: 'For example:', next: 'Confirm and check the matches',
    },
    rows: {
      counts: '{rows} rows: {taken} imported ({new} new, {changed} for areas in force), {blocked} to settle', noList: 'The national list of divisions is not on this machine, so codes cannot be matched by name. Write them, or have an administrator fetch it (manage.py fetch_divisions).',
      crossing: '{count} shapes cross themselves; dashed lines show them repaired.', repairAll: 'Agree to all repairs', repair: 'Agree to the repair', repaired: ' (repair agreed)', show: 'Show', only: { all: 'All', blocked: 'To settle', new: 'New', changed: 'In force' },
      table: 'Matches row by row', take: 'Import', takeRow: 'Import row {number}', number: 'Row', zoom: 'Show row {number} on the map', name: 'Name', nameOf: 'Name of row {number}', code: 'Code', codeOf: 'Code of row {number}', becomes: 'Becomes', findings: 'Findings',
      from: { file: 'from the file', person: 'written by hand', present: 'of the area of this name', national: 'from the national list', rule: 'by the rule of codes' }, leftOut: 'left out', changes: 'for “{name}” in force', adds: 'new area', none: 'No such rows',
      title: 'What the draft is called', complete: 'The file is complete: areas in force that it lacks ({count}) are closed by the draft', missing: 'To be closed: {names}', missingMore: ' and more, {count} in all', draft: 'Make the draft ({count} rows)',
    },
    done: { counts: 'In the draft: {added} added, {changed} changed, {unchanged} as they were, {closed} closed, {refused} not taken', before: 'This import has become a draft', how: 'Check, submit and publish it in the grid editor. Until then the map stays as it is.', again: 'Import another file', open: 'Open the draft' },
  },
}

export default messages
