import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '网格', title: '网格编辑', tree: '区划树', map: '草稿与已发布边界', right: '属性与检查', attributes: '属性', checks: '检查', tools: '编辑工具', legend: '图例', drafts: '草稿',
    noMap: '此浏览器无法显示地图，请从左侧列表选择网格；名称、代码和户数仍可修改，合并可在列表中按住 Ctrl 多选。', noStreets: '还没有街道。请先导入区划。', noCommunities: '还没有社区。请导入边界，或由系统管理员建立。', noDraft: '选择草稿…', newTitle: '草稿说明，如：2026 年末调整', open: '新建草稿', begin: '选择一份草稿，或新建一份。草稿发布前对任何人都不生效。',
    legendNew: '新增或变更后', legendGone: '变更前，或撤销', legendSame: '未变更', unfold: '展开 {name}', householdsShort: '{count} 户', workersShort: '{count} 人', squareMetres: '{area} 平方米',
    state: { draft: '草稿', submitted: '送审', approved: '待生效', published: '已发布', withdrawn: '已作废' },
    move: { submit: '送审', take_back: '撤回送审', return: '退回修改', publish: '发布', withdraw: '作废' },
    sum: '新增 {add} · 变更 {change} · 撤销 {close}', effective: '将于 {at} 生效', publishedAt: '{at} 生效', returned: '退回理由：{reason}', reason: '理由', when: '生效时间', whenHint: '留空立即生效', blocked: '{count} 处必须处理', passes: '可以送审', nothingWrong: '没有发现问题。', blocks: '必须处理', warns: '提醒',
    tool: { select: '选择', draw: '画', split: '切分', merge: '合并', border: '移界' }, undo: '撤销', undoOther: '最后一步是 {by} 做的', snap: '吸附', finish: '完成', working: '正在处理…',
    hint: {
      locked: '当前草稿不能修改。', select: '单击网格查看属性；按住 Shift 可多选。', draw: '先在左侧选定社区，再在地图上逐点单击，双击或回车完成；占用的部分从相邻网格中切出。键盘：方向键移动地图，空格在中心加点，退格删点。',
      splitFirst: '先单击要切分的网格。', split: '从区域一侧外画到另一侧，双击或回车完成。键盘：方向键移动地图，空格在中心加点，退格删点。', merge: '依次单击要合并的相邻网格，第一个保留代码和人员，回车完成。', border: '依次单击两个相邻的网格。', borderDrag: '拖动公共边界的顶点，拖动小点可增加顶点，回车完成。',
    },
    change: { add: '新增', change: '变更', close: '撤销' }, name: '名称', code: '代码', households: '户数', before: '已发布：{name} {code}，{households} 户', workers: '在岗网格员 {count} 人', save: '保存', forget: '放弃此项变更', giveUp: '撤销该网格',
    conflict: '“{name}”在本草稿之后已被更新。请选择保留哪一方，另一方不会丢失：都留在历史中。', keepMine: '保留草稿的', takeTheirs: '用已发布的', meanwhile: '他人刚把{field}改为“{value}”；保存后以您填写的为准。',
    codes: '按规则编码（{count} 处不同）', codeRule: '从西到东、从北到南依次编号；已撤销网格的编号不再使用。', renumber: '按规则改写代码', chooseArea: '单击一个网格，查看和修改它的属性。', chooseCommunity: '请先在左侧选择一个社区。', notNeighbours: '这两个网格没有公共边界。',
    overtaken: '{by} 刚刚修改了这份草稿，您的这一步没有写入。已载入最新草稿，请查看后再操作。', companion: '{by} 也在编辑这份草稿，已载入最新内容。',
    done: { split: '已切分', merge: '已合并', border: '已移动边界', draw: '已画出新网格', write: '已保存', close: '已撤销该网格', forget: '已放弃变更', renumber: '已改写代码', undo: '已撤销上一步', choose: '已选择' },
    check: {
      invalid_ring: '边线自相交', gap: '有未划入的空隙', overlap: '与相邻区域重叠', sliver: '碎片，不足 100 平方米', outside_parent: '超出上级区域', multipart: '由多块组成', hole: '中间有空洞', no_worker: '没有网格员', households: '户数超过标准（每名网格员 {norm} 户）', duplicate_code: '代码重复', duplicate_name: '名称重复', malformed_code: '代码格式不对', no_name: '没有名称', left_behind: '上级已撤销', changed_meanwhile: '已发布的一方更新了',
    },
  },
  en: {
    nav: 'Grids', title: 'Grid editor', tree: 'Division tree', map: 'Draft over the published map', right: 'Attributes and checks', attributes: 'Attributes', checks: 'Checks', tools: 'Tools', legend: 'Legend', drafts: 'Drafts',
    noMap: 'This browser cannot show the map. Choose grids in the list; names, codes and households can be edited, and several can be chosen with Ctrl to merge them.', noStreets: 'There are no streets yet. Import the divisions first.', noCommunities: 'There are no communities yet. Import their boundaries, or have a system administrator set them up.', noDraft: 'Choose a draft…', newTitle: 'What the draft is about', open: 'New draft', begin: 'Choose a draft or begin one. Nothing of it is in force before it is published.',
    legendNew: 'New, or as changed', legendGone: 'Before the change, or given up', legendSame: 'Unchanged', unfold: 'Unfold {name}', householdsShort: '{count} households', workersShort: '{count} workers', squareMetres: '{area} m²',
    state: { draft: 'Draft', submitted: 'In review', approved: 'Approved', published: 'Published', withdrawn: 'Withdrawn' },
    move: { submit: 'Submit', take_back: 'Take back', return: 'Return', publish: 'Publish', withdraw: 'Withdraw' },
    sum: '{add} new · {change} changed · {close} closed', effective: 'In force from {at}', publishedAt: 'In force since {at}', returned: 'Returned: {reason}', reason: 'Reason', when: 'In force from', whenHint: 'Empty: at once', blocked: '{count} to settle first', passes: 'Ready to submit', nothingWrong: 'Nothing is wrong.', blocks: 'Must be settled', warns: 'Note',
    tool: { select: 'Select', draw: 'Draw', split: 'Split', merge: 'Merge', border: 'Move border' }, undo: 'Undo', undoOther: 'The last step was made by {by}', snap: 'Snap', finish: 'Finish', working: 'Working…',
    hint: {
      locked: 'This draft cannot be changed now.', select: 'Click a grid to see its attributes; Shift chooses several.', draw: 'Choose the community on the left, then click point by point; double click or Enter finishes. Ground is taken from the neighbours. Keyboard: arrows move the map, Space adds a point at its middle, Backspace takes one away.',
      splitFirst: 'Click the grid to split first.', split: 'Draw from outside the area on one side to the other; double click or Enter finishes. Keyboard: arrows move the map, Space adds a point at its middle, Backspace takes one away.', merge: 'Click the neighbours to merge. The first keeps its code and people; Enter finishes.', border: 'Click two neighbours, one after the other.', borderDrag: 'Drag the corners of the common border; a small dot adds one. Enter finishes.',
    },
    change: { add: 'new', change: 'changed', close: 'closed' }, name: 'Name', code: 'Code', households: 'Households', before: 'Published: {name} {code}, {households} households', workers: '{count} grid workers', save: 'Save', forget: 'Drop this change', giveUp: 'Give this grid up',
    conflict: '“{name}” was changed after this draft took it up. Choose which side stays; neither is lost, both are in the history.', keepMine: 'Keep the draft’s', takeTheirs: 'Take the published', meanwhile: '{field}: somebody else has just written “{value}”; saving puts yours in its place.',
    codes: 'Codes by the rule ({count} differ)', codeRule: 'Numbered from west to east and north to south; numbers of closed grids are not used again.', renumber: 'Write the codes by the rule', chooseArea: 'Click a grid to see and change what is written on it.', chooseCommunity: 'Choose a community on the left first.', notNeighbours: 'These two grids have no common border.',
    overtaken: '{by} has just changed this draft; your step was not written. The newest draft is loaded: look, then act again.', companion: '{by} is drawing in this draft too; the newest state is loaded.',
    done: { split: 'Split', merge: 'Merged', border: 'Border moved', draw: 'New grid drawn', write: 'Saved', close: 'Grid given up', forget: 'Change dropped', renumber: 'Codes written', undo: 'Last step undone', choose: 'Chosen' },
    check: {
      invalid_ring: 'The outline crosses itself', gap: 'Ground nobody has', overlap: 'Overlaps a neighbour', sliver: 'A sliver below 100 m²', outside_parent: 'Outside the area above', multipart: 'Several separate parts', hole: 'Has a hole', no_worker: 'No grid worker', households: 'More households than the norm of {norm} for each worker', duplicate_code: 'Code in use twice', duplicate_name: 'Name in use twice', malformed_code: 'Malformed code', no_name: 'No name', left_behind: 'The area above is closed', changed_meanwhile: 'The published side went on',
    },
  },
}

export default messages
