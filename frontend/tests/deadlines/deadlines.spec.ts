import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import { boundsOf, entryOf, faultOf, sentOf, shownBounds, unitsOf } from '@/modules/deadlines/amounts'
import type { Book, Plan, PreviewDay, SiteLimit } from '@/modules/deadlines/calls'
import LimitForm from '@/modules/deadlines/components/LimitForm.vue'
import LimitsPanel from '@/modules/deadlines/components/LimitsPanel.vue'
import StepsForm from '@/modules/deadlines/components/StepsForm.vue'
import { cellsOf, monthAfter, periodFault, toggled } from '@/modules/deadlines/days'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { setLimit: call(), setSteps: call(), setSimilarity: call(), dropSimilarity: call() }
})
vi.mock('@/modules/deadlines/calls', () => calls)

const accept: SiteLimit = {
  kind: 'accept', name: '受理', measure: 'urgent_hours', amount: '0.25', usual_measure: 'urgent_hours', usual_amount: '0.25', is_usual: true, version: 3, set_at: null, set_by: '',
  measures: [{ measure: 'urgent_hours', least: '0.016667', most: '720' }, { measure: 'working_days', least: '0.002083', most: '30' }],
}
const extensions: SiteLimit = { ...accept, kind: 'most_extensions', name: '延期最多批准', measure: 'times', amount: '2', usual_measure: 'times', usual_amount: '2', measures: [{ measure: 'times', least: '1', most: '10' }] }
const book = (may_edit = true): Book => ({ groups: [{ group: 'case', items: [accept] }, { group: 'request', items: [extensions] }], similarity: [], plans: [], may_edit })
const global = { plugins: [i18n, VueQueryPlugin] }

beforeEach(() => vi.resetAllMocks())

test('less than an hour is written in minutes, and sent exactly', () => {
  expect(entryOf('urgent_hours', '0.083333')).toEqual({ amount: '5', unit: 'minutes' })
  expect(entryOf('working_hours', '0.5')).toEqual({ amount: '0.5', unit: 'working_hours' })
  expect(sentOf({ amount: '5', unit: 'minutes' })).toEqual({ measure: 'urgent_hours', amount: '0.083333' })
  expect(unitsOf(accept)).toEqual(['minutes', 'urgent_hours', 'working_days'])
  expect(boundsOf(accept, 'minutes')).toEqual({ least: '1', most: '43200' })
})

test('a least that is a minute is read as a number', () => {
  expect(shownBounds({ least: '0.016667', most: '240' })).toEqual({ least: '0.02', most: '240' })
  expect(shownBounds({ least: '0', most: '100' })).toEqual({ least: '0', most: '100' })
})

test.each([
  ['0', 'minutes', 'positive'], ['-3', 'minutes', 'positive'], ['soon', 'minutes', 'number'], ['', 'minutes', 'number'], ['0.5', 'minutes', 'range'], ['721', 'urgent_hours', 'range'], ['1', 'minutes', null], ['30', 'working_days', null], ['3', 'calendar_days', 'measure'],
] as const)('%s %s as a limit: %s', (amount, unit, fault) => {
  expect(faultOf(accept, { amount, unit })).toBe(fault)
})

test('a count is whole and within its bounds', () => {
  expect(faultOf(extensions, { amount: '1.5', unit: 'times' })).toBe('whole')
  expect(faultOf(extensions, { amount: '0', unit: 'times' })).toBe('positive')
  expect(faultOf(extensions, { amount: '11', unit: 'times' })).toBe('range')
  expect(faultOf(extensions, { amount: '3', unit: 'times' })).toBeNull()
})

test('what is wrong is said at the field and nothing is sent', async () => {
  const form = mount(LimitForm, { global, props: { limit: accept } })
  await form.find('input').setValue('0')
  expect(form.find('input').attributes('aria-invalid')).toBe('true')
  expect(form.find('[role=alert]').text()).toBe('必须大于零')
  await form.find('form').trigger('submit')
  expect(calls.setLimit).not.toHaveBeenCalled()
})

test('what the platform refuses is said at the field too', async () => {
  calls.setLimit.mockRejectedValue(new ApiError(422, { code: 'invalid', errors: [{ field: 'amount', code: 'too_long', message: '不得超过 720。' }] }))
  const form = mount(LimitForm, { global, props: { limit: accept } })
  await form.find('form').trigger('submit')
  await flushPromises()
  expect(form.find('.fault').text()).toBe('不得超过 720。')
})

test('a colleague who was faster is told of, and the newest is a click away', async () => {
  calls.setLimit.mockRejectedValue(new ApiError(409, { code: 'stale_version', current_version: 4 }))
  const form = mount(LimitForm, { global, props: { limit: accept } })
  await form.find('input').setValue('20')
  await form.find('form').trigger('submit')
  await flushPromises()
  expect(calls.setLimit).toHaveBeenCalledWith('accept', 3, 'urgent_hours', '0.333333')
  expect(form.text()).toContain('已被他人修改')
  await form.find('.fault button').trigger('click')
  expect(form.emitted('latest')).toHaveLength(1)
})

test('who may only look has nothing to press', () => {
  expect(mount(LimitsPanel, { global, props: { book: book(false) } }).findAll('li button')).toHaveLength(0)
  expect(mount(LimitsPanel, { global, props: { book: book() } }).findAll('ul button')).toHaveLength(2)
})

const plan: Plan = {
  subject_kind: 'event', clock: 'handling', name: '案件 · 处置', version: 0, set_at: null, set_by: '', is_usual: true, usual: [],
  steps: [{ percent: 80, step: 'handler', urgent: false, supervises: false }, { percent: 200, step: 'leader', urgent: true, supervises: true }],
}

test('steps are sent together, with a new one among them', async () => {
  calls.setSteps.mockResolvedValue(book())
  const form = mount(StepsForm, { global, props: { plan } })
  await form.findAll('button').find((one) => one.text() === '增加一级')!.trigger('click')
  await form.findAll('input.num')[2]!.setValue('250')
  await form.find('form').trigger('submit')
  await flushPromises()
  expect(calls.setSteps).toHaveBeenCalledWith(plan, [...plan.steps, { percent: 250, step: 'leader', urgent: true, supervises: false }])
  expect(form.emitted('saved')).toHaveLength(1)
})

test('a percentage that is none is not sent', async () => {
  const form = mount(StepsForm, { global, props: { plan } })
  await form.find('input.num').setValue('soon')
  await form.find('form').trigger('submit')
  expect(calls.setSteps).not.toHaveBeenCalled()
  expect(form.find('.fault').text()).toBe('请填写整数')
})

const day = (date: string, works: boolean): PreviewDay => ({ date, works, why: works ? 'work' : 'weekend', zh: '', en: '' })

test('a month begins under its weekday', () => {
  expect(cellsOf([day('2026-10-01', false)])).toEqual([null, null, null, day('2026-10-01', false)])
  expect(cellsOf([])).toEqual([])
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
})

test('a day that is turned round is an exception, and turned again is none', () => {
  const none = { works_on: [], rests_on: [] }
  const rest = toggled(none, day('2026-10-08', true))
  expect(rest).toEqual({ works_on: [], rests_on: ['2026-10-08'] })
  expect(toggled(rest, day('2026-10-08', false))).toEqual(none)
  expect(toggled(none, day('2026-10-10', false))).toEqual({ works_on: ['2026-10-10'], rests_on: [] })
})

test('working periods are whole, forward and apart', () => {
  expect(periodFault([])).toBe('empty')
  expect(periodFault([{ opens: '08:00', closes: '' }])).toBe('empty')
  expect(periodFault([{ opens: '12:00', closes: '08:00' }])).toBe('backwards')
  expect(periodFault([{ opens: '14:00', closes: '18:00' }, { opens: '08:00', closes: '15:00' }])).toBe('overlap')
  expect(periodFault([{ opens: '14:00', closes: '18:00' }, { opens: '08:00', closes: '14:00' }])).toBeNull()
})
