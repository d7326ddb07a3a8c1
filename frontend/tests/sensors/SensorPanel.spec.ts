import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { KindRow, SensorDetail } from '@/modules/sensors/calls'
import SensorCard from '@/modules/sensors/components/SensorCard.vue'
import SensorPanel from '@/modules/sensors/components/SensorPanel.vue'
import { i18n } from '@/shared/i18n'

type Call = (...given: unknown[]) => Promise<unknown>
const calls = vi.hoisted(() => ({ editSensor: vi.fn<Call>(), changeState: vi.fn<Call>(), fetchSensor: vi.fn<Call>(), fetchKinds: vi.fn<Call>(), fetchHistory: vi.fn<Call>() }))
vi.mock('@/modules/sensors/calls', async (real) => ({ ...(await real<object>()), ...calls }))

const kind = { code: 'water_level', name: '水位', theme: 'water', theme_name: '水务防汛', form: 'number', unit: 'm', usual_from: -10, usual_to: 500, no_word: '', yes_word: '' } as KindRow
const gauge = {
  id: 7, version: 3, code: 'SW-1', name: '闸前水位', kind: 'water_level', state: 'in_use', area_path: 'a', area_label: '望江街道', address: '江堤 3 号闸', maker: '', model_name: '', installed_on: null, unit_id: null, unit_name: '',
  lng: 118.7, lat: 32, may_edit: true, allowed_moves: ['switch_off', 'remove', 'edit'],
} as SensorDetail

const once = new QueryClient({ defaultOptions: { queries: { retry: false } } })
const global = { plugins: [i18n, [VueQueryPlugin, { queryClient: once }] as [typeof VueQueryPlugin, object]], stubs: { PointPicker: true, RouterLink: { template: '<a><slot /></a>' } } }
const open = (): VueWrapper => mount(SensorPanel, { global, props: { sensor: gauge, kinds: [kind], units: [] } })
const press = (panel: VueWrapper, words: string) => panel.findAll('button').find((one) => one.text() === words)!.trigger('click')

beforeEach(() => void vi.resetAllMocks())

test('a sensor shows what it measures and where, and that no readings are connected', () => {
  const words = open().text()
  for (const told of ['水位', 'm', '-10 – 500 m', '望江街道', '江堤 3 号闸', '在用', '尚未接入读数']) expect(words).toContain(told)
})

test('it is switched off with a note, on the version that was read', async () => {
  calls.changeState.mockResolvedValue({ ...gauge, state: 'switched_off', version: 4 })
  const panel = open()
  await press(panel, '停用')
  await panel.find('.moves form input').setValue('检修')
  await panel.find('.moves form').trigger('submit')
  await flushPromises()
  expect(calls.changeState).toHaveBeenCalledWith(7, 3, 'switch_off', '检修')
  expect(panel.emitted('changed')).toEqual([[{ ...gauge, state: 'switched_off', version: 4 }]])
})

test('what is being written stays when a colleague changes the sensor meanwhile, and is refused as stale', async () => {
  calls.editSensor.mockRejectedValue(new ApiError(409, { code: 'stale_version' }))
  const panel = open()
  await press(panel, '修改')
  const maker = () => panel.findAll<HTMLInputElement>('form input').find((one) => one.attributes('maxlength') === '60')!
  await maker().setValue('乙厂')
  await panel.setProps({ sensor: { ...gauge, version: 4, name: '闸后水位' } })
  expect(maker().element.value).toBe('乙厂')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(calls.editSensor).toHaveBeenCalledWith(7, { version: 3, maker: '乙厂' })
  expect([panel.find('[role=alert]').text().includes('没有保存'), panel.emitted('changed')]).toEqual([true, undefined])
})

test('a history row tells what was there before', async () => {
  calls.fetchHistory.mockResolvedValue({ items: [{ at: '2026-11-23T06:00:00Z', actor_name: '陈工', move: 'follow_boundaries', from_state: 'in_use', to_state: 'in_use', note: '', changes: { area: ['旧格', '新格'] } }] })
  const panel = open()
  await press(panel, '历史')
  await flushPromises()
  expect(panel.text()).toContain('随区划调整')
  expect(panel.text()).toContain('所在区域 旧格 → 新格')
})

test('over a map it says what it is, or that it could not be read and may be asked again', async () => {
  calls.fetchKinds.mockResolvedValue({ items: [kind], may_edit: false })
  calls.fetchSensor.mockRejectedValueOnce(new ApiError(0, { code: 'network' })).mockResolvedValue({ ...gauge, may_edit: false })
  const card = mount(SensorCard, { global, props: { id: 7 } })
  await flushPromises()
  expect(card.find('[role=alert]').exists()).toBe(true)
  await card.find('[role=alert] button').trigger('click')
  await flushPromises()
  expect([card.text().includes('尚未接入读数'), card.text().includes('闸前水位'), card.find('a').exists()]).toEqual([true, true, false])
})
