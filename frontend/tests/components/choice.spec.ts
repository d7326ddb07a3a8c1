import { flushPromises, mount } from '@vue/test-utils'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import { fetchNear, type NearComponent } from '@/modules/components/calls'
import ComponentChoice from '@/modules/components/components/ComponentChoice.vue'
import { fetchEventTypes, fetchUnits } from '@/api/endpoints'
import { i18n } from '@/shared/i18n'

vi.mock('@/modules/components/calls', () => ({ fetchNear: vi.fn<typeof fetchNear>() }))
vi.mock('@/api/endpoints', () => ({ fetchEventTypes: vi.fn<typeof fetchEventTypes>(), fetchUnits: vi.fn<typeof fetchUnits>() }))

const lamp = { id: 7, code: '3299050103000001', type_code: 'street_lamp', state: 'damaged', distance_m: 3.4, address: '富春路' } as NearComponent
const other = { ...lamp, id: 8, code: '3299050103000002', state: 'intact', distance_m: 12.2 } as NearComponent
const at = { lng: 118.7, lat: 32 }

async function shown(typeCode: string, place: typeof at | null = at) {
  const wrapper = mount(ComponentChoice, {
    global: { plugins: [i18n, VueQueryPlugin] },
    props: { typeCode, place, modelValue: null as NearComponent | null, 'onUpdate:modelValue': (one: NearComponent | null) => void wrapper.setProps({ modelValue: one }) },
  })
  await flushPromises()
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
  return wrapper
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  vi.mocked(fetchEventTypes).mockResolvedValue({ items: [{ code: 'street_lamp', category: 'part' }, { code: 'rubbish', category: 'event' }] } as never)
})
afterEach(() => vi.useRealTimers())

test('components of the chosen type near the place are offered with code, state and distance, and one is chosen', async () => {
  vi.mocked(fetchNear).mockResolvedValue({ items: [lamp, other] })
  const wrapper = await shown('street_lamp')
  expect(vi.mocked(fetchNear).mock.calls[0]?.slice(0, 4)).toEqual([118.7, 32, 100, 'street_lamp'])
  expect(wrapper.findAll('li').slice(1).map((row) => row.text())).toEqual(['3299050103000001破损3 米富春路', '3299050103000002完好12 米富春路'])
  await wrapper.findAll('input')[1]!.setValue()
  expect(wrapper.props('modelValue')).toEqual(lamp)
})

test('the choices are one group of radio buttons, so that arrow keys move through them', async () => {
  vi.mocked(fetchNear).mockResolvedValue({ items: [lamp, other] })
  const wrapper = await shown('street_lamp')
  expect(wrapper.findAll('input').map((input) => [input.attributes('type'), input.attributes('name')])).toEqual(Array(3).fill(['radio', 'component']))
})

test('where none is registered it says so, and asks nothing of the report', async () => {
  vi.mocked(fetchNear).mockResolvedValue({ items: [] })
  const wrapper = await shown('street_lamp')
  expect(wrapper.text()).toContain('100 米内没有登记的部件')
  expect(wrapper.find('input').exists()).toBe(false)
})

test('a failed question is said, and can be asked again', async () => {
  vi.mocked(fetchNear).mockRejectedValueOnce(new ApiError(0, { code: 'network' })).mockResolvedValue({ items: [lamp] })
  const wrapper = await shown('street_lamp')
  expect(wrapper.text()).toContain('查不到附近的部件')
  await wrapper.get('button').trigger('click')
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
  expect(wrapper.text()).toContain(lamp.code)
})

test('matters that are no parts, and reports without a place, are asked about nothing', async () => {
  expect((await shown('rubbish')).find('fieldset').exists()).toBe(false)
  expect((await shown('street_lamp', null)).find('fieldset').exists()).toBe(false)
  expect(fetchNear).not.toHaveBeenCalled()
})

test('a choice is dropped when the place moves away from it or the type changes', async () => {
  vi.mocked(fetchNear).mockResolvedValueOnce({ items: [lamp, other] }).mockResolvedValue({ items: [other] })
  const wrapper = await shown('street_lamp')
  await wrapper.findAll('input')[1]!.setValue()
  await wrapper.setProps({ place: { lng: 118.71, lat: 32 } })
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
  expect(wrapper.props('modelValue')).toBeNull()
  await wrapper.findAll('input')[1]!.setValue()
  expect(wrapper.props('modelValue')).toEqual(other)
  await wrapper.setProps({ typeCode: 'rubbish' })
  expect(wrapper.props('modelValue')).toBeNull()
})
