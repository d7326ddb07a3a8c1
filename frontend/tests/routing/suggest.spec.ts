import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import NearbyEvents from '@/modules/routing/components/NearbyEvents.vue'
import SuggestedTypes from '@/modules/routing/components/SuggestedTypes.vue'
import { guessByName } from '@/modules/routing/suggest'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { suggestTypes: call(), fetchSimilar: call() }
})
vi.mock('@/modules/routing/calls', () => calls)
const types = [{ code: 'lamp', name: '路灯不亮' }, { code: 'cover', name: '井盖缺失' }]
vi.mock('@/api/endpoints', () => ({ fetchEventTypes: async () => ({ items: types.map((one) => ({ ...one, main_class: '公用设施', conditions: [] })) }) }))

const model = { trained_at: '', examples: 500, types: 2, precision: 0.8, precision_asked: 0.9, threshold: 0.7, precision_at: 0.93, coverage_at: 0.6 }
const answer = (preselect = '') => ({ by: 'model', items: [{ code: 'lamp', name: '路灯不亮', main_class: '', confidence: 0.82 }], preselect, model })

function suggested(text: string, code = '') {
  return mount(SuggestedTypes, { global: { plugins: [i18n, VueQueryPlugin] }, props: { text, modelValue: code }, attachTo: document.body })
}
const pause = async () => {
  await vi.advanceTimersByTimeAsync(600)
  await flushPromises()
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
})

test('without the platform a type is guessed by its name', () => {
  expect(guessByName(types, '门口的路灯，不亮了').map((one) => one.code)).toEqual(['lamp'])
  expect(guessByName(types, '有人摆摊')).toEqual([])
})

test('it is asked once, a moment after the last key', async () => {
  calls.suggestTypes.mockResolvedValue(answer())
  const wrapper = suggested('小区路灯')
  await wrapper.setProps({ text: '小区路灯不' })
  await wrapper.setProps({ text: '小区路灯不亮' })
  await pause()
  expect(calls.suggestTypes).toHaveBeenCalledTimes(1)
  expect(wrapper.find('button').text()).toContain('82%')
  await wrapper.find('button').trigger('click')
  expect(wrapper.emitted('update:modelValue')).toEqual([['lamp']])
})

test('what is sure enough is chosen where nothing was, and never over a persons choice', async () => {
  calls.suggestTypes.mockResolvedValue(answer('lamp'))
  const free = suggested('小区路灯不亮')
  await pause()
  expect(free.emitted('update:modelValue')).toEqual([['lamp']])
  const taken = suggested('小区路灯不亮', 'cover')
  await pause()
  expect(taken.emitted('update:modelValue')).toBeUndefined()
})

test('what is not sure enough is only offered', async () => {
  calls.suggestTypes.mockResolvedValue(answer())
  const wrapper = suggested('小区路灯不亮')
  await pause()
  expect(wrapper.emitted('update:modelValue')).toBeUndefined()
})

test('offline the names of the catalogue answer, and say so', async () => {
  calls.suggestTypes.mockRejectedValue(new ApiError(0, { code: 'network' }))
  const wrapper = suggested('小区路灯不亮')
  await pause()
  expect(wrapper.text()).toContain('离线')
  expect(wrapper.find('button').text()).toBe('路灯不亮')
})

test('neighbours are shown with distance and age once type and place are known', async () => {
  calls.fetchSimilar.mockResolvedValue({ items: [{ id: 1, number: '1', title: '路灯不亮', state: 'reported', reported_at: '', age_seconds: 7200, distance_m: 32, thumb_url: null }] })
  const wrapper = mount(NearbyEvents, { global: { plugins: [i18n] }, props: { typeCode: '', place: null as { lng: number; lat: number } | null } })
  await pause()
  expect(calls.fetchSimilar).not.toHaveBeenCalled()
  await wrapper.setProps({ typeCode: 'lamp', place: { lng: 118.7, lat: 32 } })
  await pause()
  expect(wrapper.text()).toContain('30 m')
  expect(wrapper.text()).toContain('2小时0分前')
})
