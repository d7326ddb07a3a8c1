import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    siteWide: '全区', nav: '分派规则', title: '分派规则', tabs: '分派设置', rules: '规则', matrix: '责任清单', automation: '自动判定', list: '规则列表', yes: '是', no: '否', none: '无',
    about: '规则按顺序逐条判断。主办部门、主责中心、协办、级别各由第一条给出结果的规则决定；没有规则时查责任清单，再按案件类型的默认部门。',
    keys: '快捷键：J K 选择 · Alt+↑ ↓ 调整顺序 · N 新建 · Ctrl+Enter 保存',
    empty: '还没有规则：所有案件按责任清单或案件类型的默认部门分派', choose: '从列表选择一条规则，或新建', readOnly: '您可以查看规则；修改需要系统管理员，或本区域的值班长',
    new: '新建规则', moveUp: '上移“{name}”', moveDown: '下移“{name}”', drag: '可拖动调整顺序', movedTo: '“{name}”已移到第 {place} 位',
    state: { draft: '草稿', on: '启用', off: '停用' }, automatic: '自动派遣', replaces: '替换“{name}”', edition: '第 {edition} 版',
    leadOf: '主办：{lead}', ownerOf: '主责：{level}', problem: '最近出错 {time}：{problem}', switchedBy: '{by} {time}启停', editedBy: '{by} {time}编辑',
    field: {
      name: '名称', area: '适用区域（本区域的规则先于全区规则）', expression: '条件（CEL 表达式）', lead: '主办部门', unit: '指定部门', office: '按区域的科室', noLead: '不指定', owner: '主责中心', co: '协办部门', level: '建议级别',
      note: '说明（显示在案件上）', automatic: '立案后自动派遣（须由值班长启用）', ownerNone: '不指定（最高一级中心）', levelNone: '不建议', chooseUnit: '选择部门', chooseOffice: '选择科室', coCount: '已选 {count} 个',
    },
    level: { district: '区级', street: '街道' },
    officeExample: '{name}（如 {example}）',
    help: { title: '可用的变量', insert: '插入 {name}', examples: '例子', night: '夜间的市民投诉', words: '描述里提到渣土车', inside: '在某个街道内（按名称）', offHours: '非工作时间的视频告警', kinds: '两类案件中的紧急件' },
    check: { show: '定位', checking: '正在检查…', ok: '条件可用', failed: '暂时无法检查', at: '第 {line} 行第 {column} 个字符：{message}' },
    act: { save: '保存草稿', saved: '已保存', saving: '正在保存…', replay: '在历史案件上回放', replaying: '正在回放…', on: '启用', off: '停用', copy: '另存为草稿修改', remove: '删除', edit: '修改', discard: '放弃修改', cancelNew: '取消新建' },
    unsaved: '有未保存的修改，保存后才能回放', needsReplay: '修改后还没有回放，回放后才能启用', needsChief: '自动派遣的规则须由值班长启用', inForce: '启用中的规则不能直接修改；另存为草稿，回放后替换。',
    removeSure: '确定删除“{name}”？已分派的案件仍会记录它。',
    replay: {
      title: '回放结果', days: '最近 {days} 天', range: '回放范围', summary: '看了 {examined} 件，符合条件 {matched} 件，{changed} 件的去向会变化', failed: '有 {failed} 件未能判断', truncated: '案件太多，只看了最近的 {examined} 件',
      nothing: '没有案件的去向会变化', shown: '只列出最近 {count} 件', number: '案卷号', caseTitle: '案件', place: '区域', change: '现在 → 将变为', last: '上次回放 {time}：{changed}/{examined} 件会变化', off: '停用后会怎样：', on: '启用后会怎样：',
      what: { lead: '主办', owner: '主责中心', co_units: '协办', level: '级别', automatic: '自动派遣' },
    },
    rowsAbout: '定事定格定责定人：同一事项取最小区域的一条；具体类型优先于大类。', rowsEmpty: '责任清单还是空的', rowNew: '新增责任', rowEdit: '修改责任', rowRemove: '删除“{what} · {where}”', rowEditOf: '修改“{what} · {where}”', rowSave: '保存', rowFilter: '按事项、区域、单位或人员查找',
    row: { what: '事项', type: '案件类型', mainClass: '大类', area: '区域', unit: '责任单位', person: '责任人', note: '说明', nobody: '不指定', wholeDistrict: '全区', street: '街道', community: '社区', grid: '网格', all: '全部', byType: '按类型', byClass: '按大类', choose: '请选择', edited: '{by} {time}', removeSure: '确定删除这条责任？' },
    suggest: {
      title: '根据描述，可能是', byModel: '模型建议', byKeywords: '按类型名称匹配（模型尚未训练）', sure: '{percent}%', measured: '实测：把握在 {threshold}% 以上时 {precision}% 正确', chosen: '已按描述预选类型，可更改', offline: '离线，按名称匹配',
    },
    near: { title: '附近可能已有同一案件', away: '{distance} · {age}前', hint: '如确是同一件事，可不再上报；受理时也可并案' },
  },
  en: {
    siteWide: 'Site-wide', nav: 'Routing', title: 'Routing rules', tabs: 'Routing settings', rules: 'Rules', matrix: 'Responsibilities', automation: 'Automatic', list: 'Rules', yes: 'yes', no: 'no', none: 'none',
    about: 'Rules are asked in order. Lead, owning centre, co-handlers and level are each decided by the first rule that speaks of them; without one the matrix is asked, then the usual department of the type.',
    keys: 'Keys: J K choose · Alt+↑ ↓ reorder · N new · Ctrl+Enter save',
    empty: 'No rules yet: every event goes by the matrix or to the usual department of its type', choose: 'Choose a rule from the list, or write one', readOnly: 'You may look at the rules; changing them needs a system administrator or a district duty chief',
    new: 'New rule', moveUp: 'Move “{name}” up', moveDown: 'Move “{name}” down', drag: 'Drag to reorder', movedTo: '“{name}” is now number {place}',
    state: { draft: 'draft', on: 'on', off: 'off' }, automatic: 'automatic', replaces: 'replaces “{name}”', edition: 'edition {edition}',
    leadOf: 'Lead: {lead}', ownerOf: 'Owner: {level}', problem: 'Failed at {time}: {problem}', switchedBy: 'switched by {by} {time}', editedBy: 'edited by {by} {time}',
    field: {
      name: 'Name', area: 'For (an area’s rules come before the site-wide ones)', expression: 'Condition (CEL expression)', lead: 'Lead department', unit: 'A department', office: 'The office of the area', noLead: 'Not decided here', owner: 'Owning centre', co: 'Co-handlers', level: 'Suggested level',
      note: 'Note (shown on the event)', automatic: 'Dispatch by itself after filing (switched on by the duty chief)', ownerNone: 'Not decided here (the highest centre)', levelNone: 'No suggestion', chooseUnit: 'Choose a department', chooseOffice: 'Choose an office', coCount: '{count} chosen',
    },
    level: { district: 'district', street: 'street' },
    officeExample: '{name} (as {example})',
    help: { title: 'What a condition can ask', insert: 'Insert {name}', examples: 'Examples', night: 'Complaints of citizens at night', words: 'The words speak of a muck truck', inside: 'Inside a street (by its name)', offHours: 'Video findings outside office hours', kinds: 'Urgent ones of two types' },
    check: { show: 'Show it', checking: 'Checking…', ok: 'The condition can be used', failed: 'Cannot be checked just now', at: 'Line {line}, character {column}: {message}' },
    act: { save: 'Save draft', saved: 'Saved', saving: 'Saving…', replay: 'Replay on past events', replaying: 'Replaying…', on: 'Switch on', off: 'Switch off', copy: 'Copy as a draft', remove: 'Remove', edit: 'Edit', discard: 'Discard changes', cancelNew: 'Discard' },
    unsaved: 'There are unsaved changes: save before replaying', needsReplay: 'Edited since it was replayed: replay it before switching on', needsChief: 'An automatic rule is switched on by the duty chief', inForce: 'A rule that is on is not edited: copy it as a draft, replay that, and it takes its place.',
    removeSure: 'Remove “{name}”? Events routed by it still name it.',
    replay: {
      title: 'Replay', days: 'Last {days} days', range: 'Which events', summary: 'Of {examined} events {matched} match, and {changed} would go elsewhere', failed: '{failed} could not be judged', truncated: 'Too many events: only the newest {examined} were looked at',
      nothing: 'No event would go elsewhere', shown: 'The newest {count} are listed', number: 'Number', caseTitle: 'Event', place: 'Area', change: 'Now → would be', last: 'Last replay {time}: {changed} of {examined} would change', off: 'If it were off:', on: 'If it were on:',
      what: { lead: 'Lead', owner: 'Owner', co_units: 'Co-handlers', level: 'Level', automatic: 'Automatic' },
    },
    rowsAbout: 'Who answers for what, where: the smallest area wins, and a row for a type before one for its main class.', rowsEmpty: 'The matrix is still empty', rowNew: 'New row', rowEdit: 'Edit row', rowRemove: 'Remove “{what} · {where}”', rowEditOf: 'Edit “{what} · {where}”', rowSave: 'Save', rowFilter: 'Find by matter, area, unit or person',
    row: { what: 'Matter', type: 'Event type', mainClass: 'Main class', area: 'Area', unit: 'Unit', person: 'Person', note: 'Note', nobody: 'nobody in particular', wholeDistrict: 'whole district', street: 'Street', community: 'Community', grid: 'Grid', all: 'all', byType: 'by type', byClass: 'by main class', choose: 'Choose', edited: '{by} {time}', removeSure: 'Remove this row?' },
    suggest: {
      title: 'By the words, perhaps', byModel: 'suggested by the model', byKeywords: 'matched by name (no model is trained yet)', sure: '{percent}%', measured: 'Measured: from {threshold}% on, {precision}% are right', chosen: 'Chosen by the words; change it if it is wrong', offline: 'Offline: matched by name',
    },
    near: { title: 'Perhaps reported already, nearby', away: '{distance} · {age} ago', hint: 'If it is the same matter there is no need to report it; it can also be merged at acceptance' },
  },
}

export default messages
