import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { fetchEventTypes, fetchSimilar, fetchUnits, reportEvent } from '@/api/endpoints'
import type { NearComponent } from '@/modules/components/calls'
import ReportDialog from '@/modules/desk/components/ReportDialog.vue'
import { i18n } from '@/shared/i18n'

vi.mock('@/api/endpoints', () => ({ fetchEventTypes: vi.fn<typeof fetchEventTypes>(), fetchSimilar: vi.fn<typeof fetchSimilar>(), fetchUnits: vi.fn<typeof fetchUnits>(), reportEvent: vi.fn<typeof reportEvent>() }))

const place = { lng: 118.7, lat: 32 }
const start = { ...place, description: '灯不亮', address: '', pictures: [] }
const lamp = { id: 7, code: '3299050103000001', type_code: 'street_lamp' } as NearComponent

async function dialog() {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal ??= () => {}
  const wrapper = mount(ReportDialog, {
    props: { start },
    global: {
      plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]],
      stubs: { PointPicker: true, PhotoPicker: true, SuggestedTypes: true, SimilarList: true, ComponentChoice: true, TypeSelect: true },
    },
  })
  wrapper.findComponent({ name: 'TypeSelect' }).vm.$emit('update:modelValue', 'street_lamp')
  wrapper.findComponent({ name: 'PointPicker' }).vm.$emit('update:located', { street: null })
  await flushPromises()
  return wrapper
}
const sent = (): Record<string, unknown> => vi.mocked(reportEvent).mock.calls.at(-1)![0] as never

beforeEach(() => {
  vi.resetAllMocks()
  vi.mocked(fetchEventTypes).mockResolvedValue({ items: [] } as never)
  vi.mocked(fetchSimilar).mockResolvedValue({ items: [] })
  vi.mocked(reportEvent).mockResolvedValue({ id: 3 } as never)
})

test('what is offered hangs on the type and the place, and the event names the component that was chosen', async () => {
  const wrapper = await dialog()
  const choice = wrapper.findComponent({ name: 'ComponentChoice' })
  expect(choice.props()).toMatchObject({ typeCode: 'street_lamp', place })
  choice.vm.$emit('update:modelValue', lamp)
  await wrapper.get('form').trigger('submit')
  await flushPromises()
  expect(sent()).toMatchObject({ type_code: 'street_lamp', component_id: 7 })
})

test('a report without a component goes on as ever', async () => {
  const wrapper = await dialog()
  await wrapper.get('form').trigger('submit')
  await flushPromises()
  expect(sent()).not.toHaveProperty('component_id')
})
