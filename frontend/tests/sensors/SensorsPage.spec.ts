import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { ApiError } from '@/api/errors'
import type { KindRow, SensorDetail, SheetPreview } from '@/modules/sensors/calls'
import SensorsPage from '@/modules/sensors/pages/SensorsPage.vue'
import { i18n } from '@/shared/i18n'
import { ErrorState } from '@/shared/ui'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { fetchSensors: call(), fetchKinds: call(), fetchSensor: call(), previewImport: call(), applyImport: call() }
})
vi.mock('@/modules/sensors/calls', async (real) => ({ ...(await real<object>()), ...calls }))
vi.mock('@/api/endpoints', () => ({ fetchUnits: () => Promise.resolve({ items: [] }) }))
vi.mock('@/modules/casework/components/AppBar.vue', () => ({ default: { template: '<header />' } }))
vi.mock('@/modules/casework/composables/useGround', () => ({ useGround: () => ({ streetNames: [] }) }))
vi.mock('@/modules/sensors/components/SensorMap.vue', () => ({ default: { props: ['selected', 'filter'], methods: { refresh: () => undefined }, template: '<div data-map />' } }))
vi.mock('@/live', () => ({ useLive: () => undefined }))

const kind = { code: 'ponding', name: '积水', theme: 'water', theme_name: '水务防汛', form: 'number', unit: 'cm', usual_from: 0, usual_to: 300, no_word: '', yes_word: '' } as KindRow
const row = {
  id: 7, version: 1, code: 'YL-1', name: '下穿通道积水', kind: 'ponding', state: 'in_use', area_path: 'a', area_label: '望江街道', address: '', lng: 118.7, lat: 32, maker: '', model_name: '', installed_on: null, unit_id: null, unit_name: '',
  may_edit: true, allowed_moves: ['edit'],
} as SensorDetail

async function open(address = '/admin/sensors'): Promise<VueWrapper> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/admin/sensors', name: 'sensors', component: { template: '<p />' } }] })
  await router.push(address)
  const page = mount(SensorsPage, { global: { plugins: [i18n, router, [VueQueryPlugin, { queryClientConfig: { defaultOptions: { queries: { retry: false } } } }]], stubs: { PointPicker: true } } })
  await flushPromises()
  return page
}
const buttons = (page: VueWrapper) => page.findAll('.tools button').map((one) => one.text())

beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = () => undefined
  calls.fetchKinds.mockResolvedValue({ items: [kind], may_edit: true })
  calls.fetchSensors.mockResolvedValue({ items: [row], next: null })
  calls.fetchSensor.mockResolvedValue(row)
})

test('a line tells name, code, kind, unit, place and state', async () => {
  const page = await open()
  for (const told of ['下穿通道积水', 'YL-1', '积水 · cm · 望江街道', '在用']) expect(page.find('.row').text()).toContain(told)
  expect(buttons(page)).toEqual(['登记传感器', '导入', '导出 Excel'])
})

test('who does not keep the register is offered nothing that would be refused', async () => {
  calls.fetchKinds.mockResolvedValue({ items: [kind], may_edit: false })
  expect(buttons(await open())).toEqual([])
})

test('an empty register says how to begin, an empty search that nothing matches', async () => {
  calls.fetchSensors.mockResolvedValue({ items: [], next: null })
  const page = await open()
  expect(page.text()).toContain('还没有传感器')
  await page.find('input[type=search]').setValue('闸')
  await flushPromises()
  expect(page.text()).toContain('没有符合条件的传感器')
  expect(calls.fetchSensors.mock.calls.at(-1)?.[0]).toMatchObject({ q: '闸' })
})

test('a list that cannot be read says so, and is asked for again', async () => {
  calls.fetchSensors.mockRejectedValueOnce(new ApiError(0, { code: 'network' }))
  const page = await open()
  expect(page.find('.row').exists()).toBe(false)
  await page.findComponent(ErrorState).find('button').trigger('click')
  await flushPromises()
  expect(page.find('.row').exists()).toBe(true)
})

test('a sensor in the address is opened', async () => {
  const page = await open('/admin/sensors?sensor=7')
  expect(page.find('.detail').text()).toContain('尚未接入读数')
})

test('a sheet is written only as it was previewed', async () => {
  const seen: SheetPreview = { fingerprint: 'f'.repeat(64), counts: { new: 1, changed: 0, unchanged: 0 }, items: [{ kind: 'new', row: 2, code: 'X1', name: '新积水计', changes: [{ field: 'kind', before: '', after: '积水' }] }], errors: [], error_count: 0, ignored_columns: ['备注'] }
  calls.previewImport.mockResolvedValue(seen)
  calls.applyImport.mockResolvedValue({ counts: seen.counts })
  const page = await open()
  await page.findAll('.tools button')[1]!.trigger('click')
  const input = page.find('dialog input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [{ name: 'a.csv', size: 10 }] })
  await input.trigger('change')
  await page.find('dialog form').trigger('submit')
  await flushPromises()
  for (const told of ['新增 1', '新积水计', '备注']) expect(page.find('dialog').text()).toContain(told)
  expect(calls.applyImport).not.toHaveBeenCalled()
  await page.find('dialog form').trigger('submit')
  await flushPromises()
  expect(calls.applyImport.mock.calls[0]?.[1]).toBe(seen.fingerprint)
  expect(page.find('dialog').text()).toContain('已写入')
})
