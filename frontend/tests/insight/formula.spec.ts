import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { changeIndicator, fetchIndicators, fetchVersions, Indicator, Trial, tryFormula } from '@/modules/insight/calls'
import FigureCard from '@/modules/insight/components/FigureCard.vue'
import FormulaEditor from '@/modules/insight/components/FormulaEditor.vue'
import { i18n } from '@/shared/i18n'

const server = vi.hoisted(() => ({
  fetchIndicators: vi.fn<typeof fetchIndicators>(), fetchVersions: vi.fn<typeof fetchVersions>(), tryFormula: vi.fn<typeof tryFormula>(), changeIndicator: vi.fn<typeof changeIndicator>(),
}))
vi.mock('@/modules/insight/calls', async (original) => ({ ...(await original<object>()), ...server }))

const measure = (name: string, of: 'EventLife' | 'DepartmentStint' = 'EventLife') => ({ name, zh: name, en: name, of })
const indicator: Indicator = {
  code: 'closing_rate', name: '结案率', name_en: 'closing rate', formula: 'closed / should_close', unit: 'share', higher_is_better: true, explanation: '', measures: [measure('closed'), measure('should_close')],
}
const trial: Trial = {
  subject: 'area', first: '2026-10-01', last: '2026-10-31', formula: 'closed / reported', in_force: indicator.formula, unit: 'share', rows: [{ key: 1, name: '望江街道', old: 0.9, new: 0.8 }], whole: { old: 0.9, new: null },
}

async function editor() {
  server.fetchIndicators.mockResolvedValue({ items: [indicator], measures: [measure('closed'), measure('reported'), measure('sent', 'DepartmentStint')] })
  server.fetchVersions.mockResolvedValue({ items: [{ formula: 'closed / 2', at: null, by: '' }] })
  const wrapper = mount(FormulaEditor, { global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]] }, props: { indicator, subject: 'area' } })
  await flushPromises()
  return wrapper
}
const acts = (wrapper: Awaited<ReturnType<typeof editor>>) => wrapper.findAll('.acts button')

beforeEach(() => Object.values(server).forEach((call) => call.mockReset()))

test('a formula is tried on last month beside the old one before it can be saved', async () => {
  const wrapper = await editor()
  expect(acts(wrapper).map((button) => button.attributes('disabled') !== undefined)).toEqual([true, true, false])
  await wrapper.find('textarea').setValue('closed / reported')
  server.tryFormula.mockResolvedValueOnce(trial)
  await acts(wrapper)[0]!.trigger('click')
  await flushPromises()
  expect(wrapper.findAll('tbody tr').map((row) => row.text())).toEqual(['望江街道90.0%80.0%', '合计90.0%无数据'])
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(server.changeIndicator.mock.calls).toEqual([['closing_rate', { formula: 'closed / reported' }]])
  expect(wrapper.emitted('changed')).toHaveLength(1)
})

test('what was tried is not what is written any more: it has to be tried again', async () => {
  const wrapper = await editor()
  await wrapper.find('textarea').setValue('closed / reported')
  server.tryFormula.mockResolvedValueOnce(trial)
  await acts(wrapper)[0]!.trigger('click')
  await flushPromises()
  await wrapper.find('textarea').setValue('closed / nonsense')
  expect(acts(wrapper)[1]!.attributes('disabled')).toBeDefined()
  server.tryFormula.mockRejectedValueOnce(new ApiError(422, { code: 'formula_invalid', detail: '公式不能使用' }))
  await acts(wrapper)[0]!.trigger('click')
  await flushPromises()
  expect([wrapper.find('[role=alert]').text(), server.changeIndicator.mock.calls]).toEqual(['公式不能使用', []])
})

test('measures of the same kind and earlier versions are at hand', async () => {
  const wrapper = await editor()
  const names = wrapper.findAll('.names button')
  expect(names.map((button) => button.find('code').text())).toEqual(['closed', 'reported'])
  await names[1]!.trigger('click')
  expect(wrapper.find('textarea').element.value).toBe('closed / should_close reported')
  await wrapper.find('li button').trigger('click')
  expect(wrapper.find('textarea').element.value).toBe('closed / 2')
})

test('a card without figures says so and has nothing to save', () => {
  const wrapper = mount(FigureCard, { global: { plugins: [i18n] }, props: { title: '每日上报', table: { columns: ['日期', '上报'], rows: [['11-22', null]] }, file: 'a' } })
  expect([wrapper.find('.body').text(), wrapper.find('button').attributes('disabled')]).toEqual(['无数据', ''])
})

test('a card without a chart shows its table', () => {
  const wrapper = mount(FigureCard, { global: { plugins: [i18n] }, props: { title: '来源', table: { columns: ['来源', '误报率'], rows: [['摄像机', 12], ['门磁', null]] }, file: 'a' } })
  expect(wrapper.findAll('tbody tr').map((row) => row.text())).toEqual(['摄像机12', '门磁无数据'])
})
