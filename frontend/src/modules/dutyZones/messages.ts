import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '责任网格', title: '责任网格与专属网格', what: '责任网格', list: '网格列表', map: '单元网格地图', street: '街道', community: '社区', chooseStreet: '选择街道', chooseCommunity: '选择社区', begin: '请先选择一个社区。',
    kind: { collector: '责任网格', park: '专属网格·公园', school: '专属网格·学校', market: '专属网格·市场', office: '专属网格·楼宇', other: '专属网格·其他' },
    newCollector: '新建责任网格', newExclusive: '新建专属网格', none: '本社区还没有责任网格或专属网格。', noUnits: '本社区还没有单元网格，请先生成。', toUnits: '去生成', held: '{free} 个单元网格无人负责（共 {all} 个）',
    name: '名称', kindLabel: '类别', person: '责任人', nobody: '未指定', units: '单元网格（已选 {count} 个）', byCode: '按代码选择', takenBy: '属于“{name}”', outline: '范围（{count} 个角点）', redraw: '重新画', several: '此范围由多块组成或有空洞：不画则保持原样，要改须重新画。',
    save: '保存', saving: '正在保存…', cancel: '取消', end: '结束此网格', sure: '“{name}”结束后，其范围不再单独有人负责。确定结束吗？', unsaved: '有未保存的修改，离开吗？', saved: '已保存“{name}”', ended: '已结束“{name}”', stale: '他人已修改，您的修改没有保存。', latest: '查看最新',
    missing: { name: '请填写名称', units: '请选择至少一个单元网格', outline: '请画出范围，至少三个角点' },
    hint: {
      look: '单击地图上的网格，查看或修改。', collector: '单击单元网格选入或移出。键盘：方向键移动地图，空格选入或移出中心的单元网格，回车保存，Esc 取消。',
      exclusive: '逐点单击画出范围，可拖动角点；靠近单元网格边线时自动吸附。键盘：方向键移动地图，空格在中心加点，退格删点，回车保存，Esc 取消。',
    },
    history: {
      one: '变更记录', all: '本社区的变更记录（含已结束的网格）', none: '没有记录', create: '新建', edit: '修改', remove: '结束', gone: '（已注销的人员）', unknown: '未记录', from: '{before} → {after}', units: '共 {count} 个', area: '{metres} 平方米', colon: '：',
      field: { name: '名称', person: '责任人', unit_grids: '单元网格', outline: '范围' },
    },
    legend: { title: '图例', picked: '已选', other: '他人负责', free: '无人负责', exclusive: '专属网格' }, noMap: '此浏览器无法显示地图。责任网格可按代码选择单元网格；专属网格须在能显示地图的浏览器中画。', more: '{code} · {person}',
  },
  en: {
    nav: 'Duty zones', title: 'Duty zones', what: 'Duty zones', list: 'List of zones', map: 'Map of unit grids', street: 'Street', community: 'Community', chooseStreet: 'Choose a street', chooseCommunity: 'Choose a community', begin: 'Choose a community first.',
    kind: { collector: 'Collector zone', park: 'Exclusive: park', school: 'Exclusive: school', market: 'Exclusive: market', office: 'Exclusive: building', other: 'Exclusive: other' },
    newCollector: 'New collector zone', newExclusive: 'New exclusive zone', none: 'This community has no zones yet.', noUnits: 'This community has no unit grids yet: make them first.', toUnits: 'Make them', held: 'Nobody answers for {free} of {all} unit grids',
    name: 'Name', kindLabel: 'Kind', person: 'Answered for by', nobody: 'nobody yet', units: 'Unit grids ({count} chosen)', byCode: 'Choose by code', takenBy: 'belongs to “{name}”', outline: 'Outline ({count} corners)', redraw: 'Draw anew', several: 'This outline has several pieces or holes: it stays as it is unless you draw it anew.',
    save: 'Save', saving: 'Saving…', cancel: 'Cancel', end: 'End this zone', sure: 'Once “{name}” has ended nobody answers for its ground by itself. End it?', unsaved: 'There are unsaved changes. Leave?', saved: '“{name}” is saved', ended: '“{name}” has ended', stale: 'Somebody else changed it; your changes were not saved.', latest: 'See the newest',
    missing: { name: 'A name is needed', units: 'Choose at least one unit grid', outline: 'Draw the outline: three corners at least' },
    hint: {
      look: 'Click a zone on the map to see or change it.', collector: 'Click unit grids to take them in or out. Keyboard: arrows move the map, Space takes the unit grid at its middle in or out, Enter saves, Esc cancels.',
      exclusive: 'Click corner by corner; corners can be dragged and snap to borders of unit grids. Keyboard: arrows move the map, Space adds a corner at its middle, Backspace takes one away, Enter saves, Esc cancels.',
    },
    history: {
      one: 'History', all: 'History of this community, with ended zones', none: 'Nothing is recorded', create: 'Made', edit: 'Changed', remove: 'Ended', gone: '(somebody who left)', unknown: 'not recorded', from: '{before} → {after}', units: '{count} in all', area: '{metres} m²', colon: ': ',
      field: { name: 'Name', person: 'Answered for by', unit_grids: 'Unit grids', outline: 'Outline' },
    },
    legend: { title: 'Legend', picked: 'Chosen', other: 'Held by others', free: 'Held by nobody', exclusive: 'Exclusive zone' }, noMap: 'This browser cannot show the map. Unit grids of a collector can be chosen by code; exclusive zones need a browser with a map.', more: '{code} · {person}',
  },
}

export default messages
