import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { Book, Hold, Rule } from '@/modules/retention/calls'
import DaysPanel from '@/modules/retention/components/DaysPanel.vue'
import HistoryPanel from '@/modules/retention/components/HistoryPanel.vue'
import HoldsPanel from '@/modules/retention/components/HoldsPanel.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { setDays: call(), tryDays: call(), fetchHistory: call(), holdEvidence: call(), releaseHold: call() }
})
vi.mock('@/modules/retention/calls', () => calls)

const global = { plugins: [i18n, VueQueryPlugin] }
const rule = (part: Partial<Rule> = {}): Rule => ({ code: 'clip_of_alert', name: '告警片段（未立案）', counted: '自告警时起', days: 30, usual_days: 30, version: 4, set_at: null, set_by: '', ...part })
const book = (part: Partial<Book> = {}): Book => ({ items: [rule(), rule({ code: 'photo_of_staff', name: '工作人员的照片和文件', days: 1095 })], bound: { field: 'days', usual: 0, least: 1, most: 36_500 }, may_edit: true, ...part })
const trial = (days: number, count: number) => ({ days, now: { count: 0, bytes: 0 }, then: { count, bytes: count * 1024 * 1024 } })
const button = (panel: VueWrapper, text: string) => panel.findAll('button').find((one) => one.text() === text)!

async function opened(): Promise<VueWrapper> {
  const panel = mount(DaysPanel, { global, props: { book: book() } })
  await button(panel, '修改').trigger('click')
  await flushPromises()
  return panel
}
async function type(panel: VueWrapper, days: string): Promise<void> {
  await panel.get('input').setValue(days)
  await vi.advanceTimersByTimeAsync(500)
}

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers()
  calls.tryDays.mockImplementation((_code, days) => Promise.resolve(trial(days as number, days === 5 ? 12 : 0)))
})
afterEach(() => vi.useRealTimers())

test('what would go is counted while days are typed, and stands on the button that saves', async () => {
  calls.setDays.mockResolvedValue(book({ items: [rule({ days: 5, version: 5 })] }))
  const panel = await opened()
  expect(panel.get('.trial').text()).toContain('现在没有要清除的')
  await type(panel, '5')
  expect(panel.get('.trial').text()).toContain('现在会清除 12 项（约 12 MB），不能恢复')
  expect(panel.get('button[type=submit]').text()).toBe('保存，并清除 12 项')
  await panel.get('form').trigger('submit')
  await flushPromises()
  expect(calls.setDays).toHaveBeenCalledWith('clip_of_alert', 4, 5)
  expect(panel.emitted('saved')![0]![1]).toBe('告警片段（未立案）')
})

test('days whose effect nobody has counted are not saved', async () => {
  const panel = await opened()
  calls.tryDays.mockRejectedValue(new ApiError(503, { code: 'unavailable' }))
  await panel.get('input').setValue('5')
  await panel.get('form').trigger('submit')
  await vi.advanceTimersByTimeAsync(500)
  expect(panel.get('.trial').text()).toContain('统计不出将清除多少')
  await panel.get('form').trigger('submit')
  expect(calls.setDays).not.toHaveBeenCalled()
})

test('the count of days that were typed before is not taken for these', async () => {
  const panel = await opened()
  let late: (answer: unknown) => void = () => undefined
  calls.tryDays.mockImplementationOnce(() => new Promise((resolve) => (late = resolve)))
  await type(panel, '5')
  await type(panel, '90')
  late(trial(5, 12))
  await flushPromises()
  expect(panel.get('.trial').text()).toContain('按 90 天：现在没有要清除的')
})

test.each([['0', '须在 1–36500 之间'], ['36501', '须在 1–36500 之间'], ['1.5', '请填写整数'], ['', '请填写整数']])('%s days are refused at the field', async (days, said) => {
  const panel = await opened()
  calls.tryDays.mockClear()
  await type(panel, days)
  await panel.get('form').trigger('submit')
  expect(panel.get('.fault').text()).toBe(said)
  expect(panel.get('input').attributes('aria-invalid')).toBe('true')
  expect([calls.tryDays.mock.calls.length, calls.setDays.mock.calls.length]).toEqual([0, 0])
})

test('a colleague who was faster is told of', async () => {
  calls.setDays.mockRejectedValue(new ApiError(409, { code: 'stale_version', current_version: 5 }))
  const panel = await opened()
  await panel.get('form').trigger('submit')
  await flushPromises()
  expect(panel.text()).toContain('内容已被他人修改')
  await button(panel, '查看最新').trigger('click')
  expect(panel.emitted('latest')).toHaveLength(1)
})

test('who may only look has nothing to press, and no kinds are said to be none', () => {
  expect(mount(DaysPanel, { global, props: { book: book({ may_edit: false }) } }).findAll('button, input')).toHaveLength(0)
  expect(mount(DaysPanel, { global, props: { book: book({ items: [] }) } }).text()).toContain('还没有可设置的类别')
})

test('history says who set how many days', async () => {
  calls.fetchHistory.mockResolvedValue([
    { at: '2026-11-22T08:00:00Z', by: '许管理', name: '告警片段（未立案）', fields: [{ field: 'days', before: 30, after: 12 }] },
    { at: '2026-11-21T08:00:00Z', by: '', name: '告警片段（未立案）', fields: [{ field: 'days', before: null, after: 30 }] },
  ])
  const panel = mount(HistoryPanel, { global })
  await flushPromises()
  for (const said of ['许管理', '30 天 → 12 天', '系统']) expect(panel.text()).toContain(said)
})

const held = (part: Partial<Hold> = {}): Hold => ({ id: 3, event_id: 9, event_number: '3201-0009', alert_id: null, title: '占道经营', reason: '复议', held_at: '2026-11-22T08:00:00Z', held_by: '许管理', released_at: null, released_by: '', ...part })

test('a case is held by its number and a reason; without them nothing is sent', async () => {
  calls.holdEvidence.mockResolvedValue({ items: [held()], may_edit: true })
  const panel = mount(HoldsPanel, { global, props: { holds: { items: [], may_edit: true } } })
  await panel.get('form').trigger('submit')
  expect(panel.get('.fault').text()).toBe('请填写编号和事由')
  await panel.get('input.number').setValue(' 3201-0009 ')
  await panel.get('input.reason').setValue('复议')
  await panel.get('form').trigger('submit')
  await flushPromises()
  expect(calls.holdEvidence.mock.calls).toEqual([[{ event_number: '3201-0009' }, '复议']])
  expect(panel.emitted('changed')![0]).toEqual([{ items: [held()], may_edit: true }])
})

test('a number that is none, or lies elsewhere, is told of', async () => {
  calls.holdEvidence.mockRejectedValue(new ApiError(404, { code: 'not_found' }))
  const panel = mount(HoldsPanel, { global, props: { holds: { items: [], may_edit: true } } })
  await panel.get('select').setValue('alert')
  await panel.get('input.number').setValue('17')
  await panel.get('input.reason').setValue('复议')
  await panel.get('form').trigger('submit')
  await flushPromises()
  expect(calls.holdEvidence).toHaveBeenCalledWith({ alert_id: 17 }, '复议')
  expect(panel.get('.fault').text()).toContain('没有这个编号的案件或告警')
})

test('what is held is let go in two steps, and not by who may only look', async () => {
  calls.releaseHold.mockResolvedValue({ items: [held({ released_at: '2026-11-23T08:00:00Z' })], may_edit: true })
  const panel = mount(HoldsPanel, { global, props: { holds: { items: [held()], may_edit: true } } })
  await button(panel, '解除').trigger('click')
  expect(calls.releaseHold).not.toHaveBeenCalled()
  await button(panel, '确认解除').trigger('click')
  await flushPromises()
  expect(calls.releaseHold).toHaveBeenCalledWith(3)
  expect(mount(HoldsPanel, { global, props: { holds: { items: [held()], may_edit: false } } }).findAll('button, input')).toHaveLength(0)
})
