import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '责任', title: '网格责任', gaps: '责任缺口', map: '责任缺口地图，点击查询谁负责', noMap: '此设备无法显示地图，列表照常可用。', street: '街道', everywhere: '全区',
    counts: '{grids} 个网格，{complete} 个人员齐备', allGaps: '全部缺口 {count}', lack: { leader: '无网格长', full_time: '无专职网格员', on_duty: '当前无人在岗' }, and: '、', none: '没有这样的缺口', noOutlines: '网格边界没有取到，地图上暂不显示缺口。', noGrids: '这里还没有网格。请先在“网格”中画出，或导入边界。', more: '另有 {count} 个，请按街道筛选',
    legend: '颜色越深越急：无网格长、无专职、无人在岗 · 点击地图查询谁负责', choose: '从列表选择网格，或在地图上点一处，查看谁负责',
    post: { leader: '网格长', secretary: '网格党支部书记', full_time: '专职网格员', part_time: '兼职网格员', instructor: '网格指导员', cadre: '包联干部', enforcement: '专业执法力量', volunteer: '志愿者' },
    per: { day: '每日 {times} 次', week: '每周 {times} 次', month: '每月 {times} 次', quarter: '每季 {times} 次', year: '每年 {times} 次', need: '按需' }, every: { day: '每日', week: '每周', month: '每月', quarter: '每季', year: '每年', need: '按需' },
    by: { rule: '按分派规则', component: '按部件养护', matrix: '按责任清单', type: '按案件类型', nobody: '无人负责' }, of: { own: '本网格', neighbour: '相邻网格', nearest: '就近' },
    team: { title: '网格团队', lacks: '缺口：{what}', nobody: '还没有团队成员', on: '在岗', off: '不在岗', post: '岗位', name: '姓名', unit: '单位', phone: '电话', add: '任命', release: '解除', releaseOf: '解除{name}', sure: '解除{name}的岗位？历史会保留。' },
    duty: { title: '责任清单与任务清单', duty: '责任', task: '任务', above: '上级统一规定', remove: '删除', removeOf: '删除“{title}”', sure: '删除“{title}”？历史会保留。', none: '清单为空', which: '清单', what: '事项', times: '次数', per: '频次', add: '添加', makes: '到期派巡查任务', rounds: '本期应 {due} 次 · 完成 {done} · 进行中 {open}' },
    answers: { title: '谁负责', type: '案件类型', any: '不限', area: '区域', team: '网格团队', nobody: '无', unitGrid: '单元网格', noUnitGrid: '未划分', department: '主管部门', centre: '主责中心', coming: '可到场', noneOnDuty: '附近无人在岗，或您的岗位不能查看位置' },
    units: {
      nav: '单元网格', title: '生成单元网格', how: '在社区范围内按边长划分，编码为社区 12 位加 3 位顺序码，由西向东、由北向南。重新生成会替换原有的单元网格；责任网格保留其范围。', street: '街道', community: '社区', whole: '全区', all: '全部社区', size: '边长（米）', make: '生成', sure: '生成会替换所选范围内原有的单元网格，继续？',
      told: '已完成 {done}/{communities} 个社区，{made} 个单元网格', refused: { too_many: '{name}：会有 {count} 个，超过 999，请加大边长', no_outline: '{name}：还没有边界' },
    },
  },
  en: {
    nav: 'Responsibility', title: 'Responsibility for grids', gaps: 'Gaps', map: 'Gaps on the map; a click asks who answers there', noMap: 'This device cannot show a map. The list works.', street: 'Street', everywhere: 'The whole district',
    counts: '{grids} grids, {complete} fully staffed', allGaps: 'All gaps {count}', lack: { leader: 'no leader', full_time: 'no full-time worker', on_duty: 'nobody on duty now' }, and: ', ', none: 'There is no such gap', noOutlines: 'The outlines of the grids did not come: the map shows no gaps yet.', noGrids: 'There are no grids here yet. Draw them on the page of grids, or import boundaries.', more: '{count} more; choose a street',
    legend: 'Darker is graver: no leader, no full-time worker, nobody on duty · click the map to ask who answers', choose: 'Choose a grid from the list, or a place on the map, to see who answers',
    post: { leader: 'Grid leader', secretary: 'Party branch secretary', full_time: 'Full-time worker', part_time: 'Part-time worker', instructor: 'Instructor', cadre: 'Assigned cadre', enforcement: 'Law enforcement', volunteer: 'Volunteer' },
    per: { day: '{times} × a day', week: '{times} × a week', month: '{times} × a month', quarter: '{times} × a quarter', year: '{times} × a year', need: 'as needed' }, every: { day: 'a day', week: 'a week', month: 'a month', quarter: 'a quarter', year: 'a year', need: 'as needed' },
    by: { rule: 'by a routing rule', component: 'by the component', matrix: 'by the matrix', type: 'by the type', nobody: 'nobody' }, of: { own: 'own grid', neighbour: 'neighbouring grid', nearest: 'nearest' },
    team: { title: 'Team of the grid', lacks: 'Missing: {what}', nobody: 'Nobody is in the team yet', on: 'on duty', off: 'off duty', post: 'Post', name: 'Name', unit: 'Unit', phone: 'Telephone', add: 'Name', release: 'Release', releaseOf: 'Release {name}', sure: 'Release {name} from this post? The history stays.' },
    duty: { title: 'Duties and tasks', duty: 'Duty', task: 'Task', above: 'set above', remove: 'Remove', removeOf: 'Remove “{title}”', sure: 'Remove “{title}”? The history stays.', none: 'The lists are empty', which: 'List', what: 'What is due', times: 'Times', per: 'How often', add: 'Add', makes: 'Send somebody when due', rounds: '{due} due so far · {done} done · {open} under way' },
    answers: { title: 'Who answers', type: 'Type of event', any: 'any', area: 'Area', team: 'Team of the grid', nobody: 'nobody', unitGrid: 'Unit grid', noUnitGrid: 'not divided', department: 'Competent department', centre: 'Owning centre', coming: 'Who would come', noneOnDuty: 'Nobody near is on duty, or your role does not see positions' },
    units: {
      nav: 'Unit grids', title: 'Make unit grids', how: 'Communities are cut into cells of this size, coded by the 12 digits of the community and 3 of their own, west to east and north to south. Making them anew replaces the old ones; collectors keep their ground.', street: 'Street', community: 'Community', whole: 'The whole district', all: 'All communities', size: 'Side (metres)', make: 'Make', sure: 'This replaces the unit grids there. Go on?',
      told: '{done} of {communities} communities, {made} unit grids', refused: { too_many: '{name}: there would be {count}, more than 999; choose a larger side', no_outline: '{name}: it has no outline yet' },
    },
  },
}

export default messages
