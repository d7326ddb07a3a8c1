import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { GridNorms, PublicBook, RiskRule, RiskRules, TaskRules } from '@/modules/rules/calls'
import GridsPanel from '@/modules/rules/components/GridsPanel.vue'
import HistoryPanel from '@/modules/rules/components/HistoryPanel.vue'
import PublicPanel from '@/modules/rules/components/PublicPanel.vue'
import RiskPanel from '@/modules/rules/components/RiskPanel.vue'
import TasksPanel from '@/modules/rules/components/TasksPanel.vue'
import { FIELDS, publicForm, publicSent, riskFaults, riskForm, riskSent, wholeFault, wordsOf } from '@/modules/rules/values'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { setPublic: call(), tryPublic: call(), setTask: call(), fetchSignIns: call(), setRisk: call(), tryRisk: call(), fetchHistory: call(), setGrids: call(), tryGrids: call() }
})
vi.mock('@/modules/rules/calls', () => calls)
vi.mock('@/api/endpoints', () => ({ fetchEventTypes: () => Promise.resolve({ items: [{ code: 'stall', name: '占道经营' }] }) }))

const global = { plugins: [i18n, VueQueryPlugin] }
const bounds = FIELDS.map((field) => ({ field, usual: 10, least: 1, most: 100 }))
const book = (part: Partial<PublicBook> = {}): PublicBook => ({
  values: { ...(Object.fromEntries(FIELDS.map((field) => [field, 10])) as unknown as PublicBook['values']), urgent_words: [] },
  bounds, usual_words: [{ number: '119', words: ['起火', '冒烟'] }], may_edit: true, version: 3, set_at: null, set_by: '', ...part,
})
const tasks = (may_edit = true): TaskRules => ({ items: [{ kind: 'check', geofence_metres: 200, version: 2, set_at: null, set_by: '' }], bound: { field: 'geofence_metres', usual: 200, least: 20, most: 5000 }, may_edit })
const rule: RiskRule = {
  code: 'outbreak_week', kind: 'outbreak', name: '同类案件一周激增', name_en: 'a surge', statistic: 'surge', measure: 'reported', levels: ['district', 'grid'], type_codes: [], citizens_only: false, window_days: 7, compared: 4, minimum: 5,
  attention: 2, warning: 3, alarm: 5, is_on: true, version: 1, set_at: null, set_by: '',
}
const riskBounds = [{ field: 'window_days', usual: 7, least: 1, most: 366 }, { field: 'compared', usual: 4, least: 0, most: 12 }, { field: 'minimum', usual: 3, least: 1, most: 10000 }]
const risk = (may_edit = true): RiskRules => ({ items: [rule], measures: [{ name: 'reported', zh: '上报数', en: 'reported' }], bounds: riskBounds, highest: 10000, may_edit })
const button = (panel: VueWrapper, text: string) => panel.findAll('button').find((one) => one.text() === text)!
const stale = new ApiError(409, { code: 'stale_version', current_version: 9 })

beforeEach(() => vi.resetAllMocks())

test('words may be written beside each other in any of the usual ways', () => {
  expect(wordsOf('起火、 冒烟,爆炸；\n被困、')).toEqual(['起火', '冒烟', '爆炸', '被困'])
})

test.each([['', 'whole'], ['soon', 'whole'], ['1.5', 'whole'], ['0', 'range'], ['101', 'range'], ['1', null], ['100', null]] as const)('%s as a whole number from 1 to 100: %s', (text, fault) => {
  expect(wholeFault(text, bounds[0])).toBe(fault)
})

test('the form gives back what it was made of', () => {
  const given = book({ values: { ...book().values, urgent_words: [{ number: '119', words: ['起火', '冒烟'] }] } })
  expect(publicSent(publicForm(given))).toEqual(given.values)
  const { code: _code, version: _version, set_at: _at, set_by: _by, ...content } = rule
  expect(riskSent(riskForm(rule))).toEqual(content)
})

test('thresholds rise', () => {
  const form = riskForm(rule)
  expect(riskFaults(form, riskBounds)).toEqual({})
  form.numbers = { ...form.numbers, attention: '0', warning: '9', alarm: '8', window_days: '400', minimum: 'x' }
  expect(riskFaults(form, riskBounds)).toEqual({ attention: 'number', alarm: 'falls', window_days: 'range', minimum: 'whole' })
})

test('a rule for the public that lies outside its bounds is not sent', async () => {
  const panel = mount(PublicPanel, { global, props: { book: book() } })
  await panel.find('#public-near_metres').setValue('500')
  await panel.find('form').trigger('submit')
  expect(panel.find('#public-near_metres-fault').text()).toBe('须在 1–100 之间')
  expect(calls.setPublic).not.toHaveBeenCalled()
  expect(panel.emitted('dirty')!.at(-1)).toEqual([true])
})

test('rules for the public are sent together with the version that was looked at', async () => {
  calls.setPublic.mockResolvedValue(book({ version: 4 }))
  const panel = mount(PublicPanel, { global, props: { book: book() } })
  await panel.find('#public-near_metres').setValue('50')
  await button(panel, '增加一组').trigger('click')
  await panel.find('.list input').setValue('119')
  await panel.find('textarea').setValue('起火、冒烟')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(calls.setPublic).toHaveBeenCalledWith(3, { ...book().values, near_metres: 50, urgent_words: [{ number: '119', words: ['起火', '冒烟'] }] })
  expect(panel.emitted('saved')![0]).toEqual([book({ version: 4 }), '公众上报'])
})

test('what the platform refuses is said at its field', async () => {
  calls.setPublic.mockRejectedValue(new ApiError(422, { code: 'invalid', errors: [{ field: 'reports_refused_above', code: 'below_held', message: '拒绝的件数不得小于转甄别的件数' }] }))
  const panel = mount(PublicPanel, { global, props: { book: book() } })
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(panel.find('#public-reports_refused_above-fault').text()).toBe('拒绝的件数不得小于转甄别的件数')
  expect(panel.text()).toContain('有 1 处需要修改')
})

test('a draft of the rules for the public is tried on the last month', async () => {
  calls.tryPublic.mockResolvedValue({ days: 30, events: 40, examined: 40, held: 3, reasons: [{ reason: 'too_fast', count: 3 }], crowded_now: 1, crowded_then: 6, contacts_kept: 20, contacts_erased: 4 })
  const panel = mount(PublicPanel, { global, props: { book: book() } })
  await panel.find('#public-near_reports').setValue('2')
  await button(panel, '试算').trigger('click')
  await flushPromises()
  expect(calls.tryPublic).toHaveBeenCalledWith({ near_metres: 10, near_minutes: 10, near_reports: 2, contact_kept_days: 10 })
  expect(panel.find('.trial').text()).toContain('现行 1 件，修改后 6 件')
  expect(panel.find('.trial').text()).toContain('填写过快 3')
})

test.each([
  ['public', () => mount(PublicPanel, { global, props: { book: book({ may_edit: false }) } })],
  ['tasks', () => mount(TasksPanel, { global, props: { rules: tasks(false) } })],
  ['risk', () => mount(RiskPanel, { global, props: { rules: risk(false) } })],
] as const)('who may only look at the rules of %s has nothing to press', (_name, made) => {
  const panel = made()
  expect(panel.findAll('button')).toHaveLength(0)
  expect(panel.findAll('input').every((one) => one.attributes('disabled') !== undefined)).toBe(true)
})

test('a range is tried, then sent; a colleague who was faster is told of', async () => {
  calls.fetchSignIns.mockResolvedValue({ days: 30, signed_in: 12, beyond: 5, farthest: 180 })
  calls.setTask.mockRejectedValue(stale)
  const panel = mount(TasksPanel, { global, props: { rules: tasks() } })
  await button(panel, '修改').trigger('click')
  await panel.find('input').setValue('80')
  await button(panel, '试算').trigger('click')
  await flushPromises()
  expect(panel.find('.trial').text()).toContain('签到 12 次，其中 5 次超出 80 米')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(calls.setTask).toHaveBeenCalledWith('check', 2, 80)
  await button(panel, '查看最新').trigger('click')
  expect(panel.emitted('latest')).toHaveLength(1)
})

test('a rule of risk is tried on the last weeks and sent', async () => {
  const none = { places: [0, 0, 0], events: [0, 0, 0], is_truncated: false }
  calls.tryRisk.mockResolvedValue({ weeks: [{ at: '2026-11-22T08:00:00Z', now: none, then: { places: [2, 0, 0], events: [9, 0, 0], is_truncated: false } }], levels: [{ level: 'grid', now: none, then: none }] })
  calls.setRisk.mockResolvedValue(risk())
  const panel = mount(RiskPanel, { global, props: { rules: risk() } })
  await button(panel, '修改').trigger('click')
  await flushPromises()
  await panel.findAll('input.num')[3]!.setValue('1.5')
  await button(panel, '试算').trigger('click')
  await flushPromises()
  expect(panel.find('td.differs').text()).toBe('2 处 / 9 件')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(calls.setRisk).toHaveBeenCalledWith('outbreak_week', 1, { ...riskSent(riskForm(rule)), attention: 1.5 })
  expect(panel.emitted('saved')![0]).toEqual([risk(), '同类案件一周激增'])
})

test('thresholds that fall are not sent', async () => {
  const panel = mount(RiskPanel, { global, props: { rules: risk() } })
  await button(panel, '修改').trigger('click')
  await panel.findAll('input.num')[4]!.setValue('1')
  await panel.find('form').trigger('submit')
  expect(panel.find('.fault').text()).toBe('等级越高，数值不得越小')
  expect(calls.setRisk).not.toHaveBeenCalled()
})

test('another rule of risk begins with a proposal and has a code of its own', async () => {
  calls.setRisk.mockResolvedValue(risk())
  const panel = mount(RiskPanel, { global, props: { rules: risk() } })
  await button(panel, '增加规则').trigger('click')
  await flushPromises()
  await panel.find('.fields input').setValue('stalls_week')
  await panel.find('.line select').setValue('stall')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(calls.setRisk.mock.calls[0]!.slice(0, 2)).toEqual(['stalls_week', 0])
  expect(calls.setRisk.mock.calls[0]![2]).toMatchObject({ type_codes: ['stall'] })
})

test('history says in words who changed what', async () => {
  calls.fetchHistory.mockResolvedValue([
    { at: '2026-11-22T08:00:00Z', by: '许管理', name: '同类案件一周激增', group: 'risk', fields: [{ field: 'levels', before: ['grid'], after: ['street', 'grid'] }, { field: 'is_on', before: true, after: false }] },
    { at: '2026-11-21T08:00:00Z', by: '许管理', name: '', group: 'public', fields: [{ field: 'urgent_words', before: [], after: [{ number: '119', words: ['起火'] }] }] },
    { at: '2026-11-20T08:00:00Z', by: '许管理', name: 'check', group: 'tasks', fields: [{ field: 'geofence_metres', before: 200, after: 80 }] },
  ])
  const panel = mount(HistoryPanel, { global })
  await flushPromises()
  const text = panel.text()
  for (const said of ['区域层级：网格 → 街道、网格', '启用：是 → 否', '紧急词与电话：通用词表 → 119：起火', '核查', '签到范围（米）：200 → 80']) expect(text).toContain(said)
})

const norms = (part: Partial<GridNorms> = {}): GridNorms => ({ households_per_worker: 300, bound: { field: 'households_per_worker', usual: 300, least: 30, most: 5000 }, may_edit: true, version: 2, set_at: null, set_by: '', ...part })

test('the norm of households is tried on the grids in force, and set over the version that was looked at', async () => {
  calls.tryGrids.mockResolvedValue({ grids: 600, over: 41, largest: 512 })
  calls.setGrids.mockResolvedValue(norms({ households_per_worker: 400, version: 3 }))
  const panel = mount(GridsPanel, { global, props: { norms: norms() } })
  await button(panel, '修改').trigger('click')
  await panel.get('input').setValue('400')
  await button(panel, '试算').trigger('click')
  await flushPromises()
  expect(panel.get('.trial').text()).toBe('按每人 400 户：现行 600 个网格中 41 个超过；户数最多的网格 512 户。')
  await panel.get('form').trigger('submit')
  await flushPromises()
  expect(calls.setGrids).toHaveBeenCalledWith(2, 400)
  expect(panel.emitted('saved')).toEqual([[norms({ households_per_worker: 400, version: 3 }), '每名网格员的户数上限']])
})

test('a norm outside its bounds is not sent, and who may only look has no button', async () => {
  const panel = mount(GridsPanel, { global, props: { norms: norms() } })
  await button(panel, '修改').trigger('click')
  await panel.get('input').setValue('10')
  await panel.get('form').trigger('submit')
  expect([panel.get('[role=alert]').text(), calls.setGrids.mock.calls.length]).toEqual(['须在 30–5000 之间', 0])
  expect(mount(GridsPanel, { global, props: { norms: norms({ may_edit: false }) } }).find('button').exists()).toBe(false)
})
