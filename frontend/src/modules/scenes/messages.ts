import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '大屏场景',
    title: '大屏场景',
    what: '场景列表',
    list: '场景',
    grid: '版面网格',
    cell: '第 {x} 列第 {y} 行',
    keys: '方向键移动，Shift＋方向键改大小，Delete 移除；也可用鼠标拖动。',
    readOnly: '只有系统管理员可以修改场景',
    shape: { wide: '16:9 单屏', ultra: '48:9 三联屏' },
    panels: '可放的面板',
    full: '网格已放不下“{name}”，请先移开或缩小别的面板。',
    field: { name: '名称', nameEn: '英文名称', key: '数字键', noKey: '无', watermark: '显示“演示数据”水印', code: '代码' },
    new: '新建场景', copyName: '{name} 副本', newCode: '新场景的代码（小写字母、数字、短横线）',
    save: '保存', saved: '“{name}”已保存为第 {version} 版，正在显示它的大屏随即更新', discard: '放弃修改', preview: '在大屏页预览', remove: '删除场景', removeAsk: '删除“{name}”？正在显示它的大屏会回到日常场景。',
    stale: '这个场景已被他人改成新的版本。', latest: '载入最新版本',
    version: '第 {version} 版', versions: '历史版本', restore: '载入此版', unsaved: '有未保存的修改，确定离开吗？', shipped: '随平台提供',
    ok: '版面可用', checking: '正在检查版面…', unchecked: '版面没有检查成功：服务器没有回答。保存时会再检查。', codeWrong: '“{code}”不能作为代码：请用 2 到 32 个小写字母、数字或短横线。', codeTaken: '代码“{code}”已有场景在用，请换一个。', faults: '{count} 处需要修改',
  },
  en: {
    nav: 'Scenes',
    title: 'Scenes of walls',
    what: 'the list of scenes',
    list: 'Scenes',
    grid: 'Grid of the layout',
    cell: 'column {x}, row {y}',
    keys: 'Arrows move, Shift and arrows size, Delete removes; or drag with the mouse.',
    readOnly: 'Only the system administrator changes scenes',
    shape: { wide: '16:9, one screen', ultra: '48:9, three screens' },
    panels: 'Panels to place',
    full: 'There is no room for “{name}”: move or shrink another panel first.',
    field: { name: 'Name', nameEn: 'English name', key: 'Digit', noKey: 'none', watermark: 'Watermark “demonstration data”', code: 'Code' },
    new: 'New scene', copyName: '{name} copy', newCode: 'Code of the new scene (a–z, digits, hyphen)',
    save: 'Save', saved: '“{name}” is saved as version {version}; walls that show it follow', discard: 'Discard changes', preview: 'Preview on the wall page', remove: 'Remove scene', removeAsk: 'Remove “{name}”? Walls that show it go back to the everyday scene.',
    stale: 'Somebody saved a newer version of this scene.', latest: 'Load the newest version',
    version: 'Version {version}', versions: 'Versions', restore: 'Load this version', unsaved: 'There are changes that are not saved. Leave?', shipped: 'shipped',
    ok: 'The layout can be shown', checking: 'Checking the layout…', unchecked: 'The layout could not be checked: the server did not answer. It is checked again when you save.', codeWrong: '“{code}” cannot be a code: use 2 to 32 of a–z, digits and hyphen.', codeTaken: 'Another scene has the code “{code}”: choose another.', faults: '{count} to correct',
  },
}

export default messages
