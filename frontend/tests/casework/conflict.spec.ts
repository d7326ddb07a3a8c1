import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { AllowedMove, EventDetail, HistoryEntry } from '@/api/types'
import MoveForm from '@/modules/casework/components/MoveForm.vue'
import { factsOf, linesOf, resolved, since } from '@/modules/casework/conflict'
import { i18n } from '@/shared/i18n'
import { eventRow } from '../desk/rows'

vi.mock('@/api/endpoints', () => ({
  fetchEventTypes: async () => ({ items: [] }),
  fetchReplyTemplates: async () => ({ items: [] }),
  fetchUnits: async () => ({ items: [{ id: 4, name: '住建局', short_name: '住建', code: 'zj', kind: 'department' }, { id: 5, name: '城管局', short_name: '城管', code: 'cg', kind: 'department' }], next: null }),
}))

const entry = (seq: number, move: string, name: string): HistoryEntry => ({ seq, at: '2026-11-22T06:31:40Z', actor_name: name, role: 'dispatcher', move }) as HistoryEntry
const event = (changes: Partial<EventDetail> = {}): EventDetail =>
  ({ ...eventRow({ state: 'filed', lead_unit: null, version: 5 }), condition: null, own_conditions: [], owner_unit: { id: 1, name: '区中心' }, history: [entry(1, 'report', '王芳')], tasks: [], similar: [], routing: null, progress: null, work_orders: [], reminders: [], requests: [], ...changes }) as unknown as EventDetail
const type = { code: '0101', name: '井盖缺失', conditions: [] }

test('lines stand for what changed, with what was typed about it beside them', () => {
  const before = factsOf(event(), type, 3)
  const now = factsOf(event({ state: 'dispatched', lead_unit: { id: 5, name: '城管局' } }), type, 2)
  const lines = linesOf('dispatch', before, now, { unit_id: 4, level: 1, note: '请尽快' })
  expect(lines.map((line) => [line.fact, line.before.value, line.now.value, line.typed?.value ?? null])).toEqual([['level', 3, 2, 1], ['state', 'filed', 'dispatched', null], ['lead', null, 5, 4]])
})

test('what was typed and stands there anyway is no conflict, and another department by the same field is none either', () => {
  const before = factsOf(event(), type, 3)
  const now = factsOf(event({ lead_unit: { id: 5, name: '城管局' } }), type, 3)
  expect(linesOf('dispatch', before, now, { unit_id: 5 })[0]?.typed).toBeNull()
  expect(linesOf('co_handle', before, now, { unit_id: 4 })[0]?.typed).toBeNull()
  expect(linesOf('dispatch', before, before, { unit_id: 4 })).toEqual([])
})

test('each answer is as it was chosen, and everything else stays', () => {
  const lines = linesOf('dispatch', factsOf(event(), type, 3), factsOf(event({ lead_unit: { id: 5, name: '城管局' } }), type, 3), { unit_id: 4, note: '请尽快' })
  expect(resolved({ unit_id: 4, note: '请尽快' }, lines, { unit_id: false })).toEqual({ unit_id: 5, note: '请尽快' })
  expect(resolved({ unit_id: 4 }, lines, { unit_id: true })).toEqual({ unit_id: 4 })
})

test('who changed it is told, newest first', () => {
  expect(since([entry(1, 'report', '王芳'), entry(2, 'take', '李受理'), entry(3, 'file', '张派遣')], 1).map((one) => one.actor_name)).toEqual(['张派遣', '李受理'])
})

type Send = (move: string, payload: Record<string, unknown> & { version: number }, key: string) => Promise<void | 'held'>
const form = (send: Send, read = event(), draft?: string) =>
  mount(MoveForm, {
    global: { plugins: [i18n, VueQueryPlugin] }, attachTo: document.body,
    props: { move: { move: 'dispatch', label: '派遣', needs: [], available: true, refusal_code: null } as AllowedMove, version: read.version, currentType: type, currentLevel: 3, responders: [], event: read, send, ...(draft ? { draft } : {}) },
  })
const changedByOther = event({ version: 7, state: 'filed', lead_unit: { id: 5, name: '城管局' }, history: [entry(1, 'report', '王芳'), entry(2, 'refuse_return', '李受理')] })

/** The departments have come, so that one can be chosen. */
const ready = (wrapper: ReturnType<typeof form>): Promise<void> => vi.waitFor(() => expect(wrapper.findAll('select option').length).toBeGreaterThan(2))

beforeEach(() => localStorage.clear())

test('a draft that meets a newer version shows field by field and is not sent before it is chosen', async () => {
  const send = vi.fn<Send>().mockResolvedValue()
  const wrapper = form(send)
  await ready(wrapper)
  await wrapper.find('select').setValue('4')
  await wrapper.find('textarea').setValue('请尽快')
  await wrapper.setProps({ event: changedByOther, version: 7 })
  const table = wrapper.find('.conflict')
  expect(table.text()).toContain('李受理')
  expect(table.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))).toEqual([['主办部门', '—', '城管局', '住建局']])
  await wrapper.find('form').trigger('submit')
  const go = (): HTMLButtonElement => wrapper.find<HTMLButtonElement>('.ways .primary').element
  expect([send.mock.calls.length, go().disabled]).toEqual([0, true])
  await table.findAll('input[type=radio]')[0]!.trigger('change')
  expect(go().disabled).toBe(false)
  await wrapper.find('.ways .primary').trigger('click')
  await flushPromises()
  expect(send.mock.calls[0]?.[1]).toEqual({ unit_id: 5, note: '请尽快', version: 7 })
})

test('what was only noted meanwhile stops nobody', async () => {
  const send = vi.fn<Send>().mockResolvedValue()
  const wrapper = form(send)
  await ready(wrapper)
  await wrapper.find('select').setValue('4')
  await wrapper.setProps({ event: event({ version: 6, history: [entry(1, 'report', '王芳'), entry(2, 'call_responder', '李受理')] }), version: 6 })
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(send.mock.calls[0]?.[1]).toEqual({ unit_id: 4, version: 5 })
})

test('a refusal as stale fetches what stands there now, and lays it beside what was typed', async () => {
  const send = vi.fn<Send>().mockRejectedValueOnce(new ApiError(409, { code: 'stale_version' })).mockResolvedValueOnce()
  const wrapper = form(send)
  await ready(wrapper)
  await wrapper.find('select').setValue('4')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(wrapper.emitted('latest')).toHaveLength(1)
  await wrapper.setProps({ event: changedByOther, version: 7 })
  await wrapper.findAll('.conflict input[type=radio]')[1]!.trigger('change')
  await wrapper.find('.ways .primary').trigger('click')
  await flushPromises()
  expect(send.mock.calls[1]?.[1]).toEqual({ unit_id: 4, version: 7 })
})

test('a draft taken up days later meets what was changed in between', async () => {
  const first = form(vi.fn<Send>(), event(), 'yiwang.draft.test')
  await ready(first)
  await first.find('select').setValue('4')
  await first.find('textarea').setValue('请尽快')
  first.unmount()
  const again = form(vi.fn<Send>(), changedByOther, 'yiwang.draft.test')
  await flushPromises()
  expect(again.find('.conflict tbody').text()).toContain('城管局')
})

test('what waits to leave keeps its draft', async () => {
  const wrapper = form(vi.fn<Send>().mockResolvedValue('held'), event(), 'yiwang.draft.test')
  await ready(wrapper)
  await wrapper.find('select').setValue('4')
  await wrapper.find('textarea').setValue('请尽快')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(localStorage.getItem('yiwang.draft.test')).toContain('请尽快')
})
