import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { ApiError } from '@/api/errors'
import type { AlgorithmPage as Algorithm, Precision } from '@/modules/algorithms/calls'
import { figureOf, isThin, share } from '@/modules/algorithms/figure'
import AlgorithmPage from '@/modules/algorithms/pages/AlgorithmPage.vue'
import AlgorithmsPage from '@/modules/algorithms/pages/AlgorithmsPage.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { DAYS: 90, fetchAlgorithms: call(), fetchAlgorithm: call(), fetchPrecision: call() }
})
vi.mock('@/modules/algorithms/calls', () => calls)
vi.mock('@/api/endpoints', () => ({ fetchEventTypes: () => Promise.resolve({ items: [] }) }))
vi.mock('@/modules/casework/components/AppBar.vue', () => ({ default: { template: '<header />' } }))

const algorithm: Algorithm = {
  code: 'water_fishing', name: '水源地疑似钓鱼', targets: ['person'], default_level: 3, default_type: 'fishing', suspected: true, about_person: true, opt_in_model: false, keeps_still: false, cool_down_seconds: 60,
  parameters: [{ name: 'seconds', title: '停留时间（秒）', type: 'number', default: 60, minimum: 5, maximum: 7200, choices: [], help: null }], sensitivity: { low: { seconds: 180 }, high: { seconds: 30 } }, night: {}, shapes: { default: 'area' },
  sees: '岸边有人停留', limits: '看不出是否在钓鱼', models: [{ name: 'nanodet', title: 'NanoDet', version: '1', licence: 'Apache-2.0', licence_note: '权重同许可', state: 'missing', detail: '请运行 fetch_models' }],
  state: 'missing_model', state_detail: '缺少模型 nanodet', zones: 2, watching: 1, cameras: 1, used_by: [{ id: 3, code: 'C3', name: '河堤球机', area_label: '望江街道', enabled: true, zones: ['水边', '闸口'], watching: 1 }],
}
const figure = { confirmed: 9, dismissed: 1, sample: 10, ratio: 0.9, lower: 0.596, upper: 0.982 }
const table = (part: Partial<Precision> = {}): Precision => ({ by: 'pair', days: 90, items: [{ ...figure, algorithm: 'water_fishing', algorithm_name: '', camera_id: 3, camera_name: '', hour: null, alerts: 12, waiting: 2 }], ...figure, ...part })

async function open(component: object, address: string): Promise<VueWrapper> {
  const empty = { template: '<p />' }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/all', name: 'algorithms', component: empty }, { path: '/one/:code', name: 'algorithm', component: empty }, { path: '/zones/:id', name: 'zones', component: empty }] })
  await router.push(address)
  const page = mount(component, { global: { plugins: [i18n, router, [VueQueryPlugin, { queryClientConfig: { defaultOptions: { queries: { retry: false } } } }]] } })
  await flushPromises()
  return page
}

beforeEach(() => {
  vi.resetAllMocks()
  calls.fetchAlgorithm.mockResolvedValue(algorithm)
  calls.fetchAlgorithms.mockResolvedValue({ items: [algorithm] })
  calls.fetchPrecision.mockResolvedValue(table())
})

test('a page says plainly that it only suspects, what it cannot see, and that its model is not here', async () => {
  const page = await open(AlgorithmPage, '/one/water_fishing')
  expect(page.find('[data-suspected]').text()).toContain('一律由人核实')
  expect(page.find('[data-limits]').text()).toBe('看不出是否在钓鱼')
  expect(page.find('[data-model]').text()).toContain('Apache-2.0')
  expect(page.find('[data-model]').text()).toContain('未安装')
})

test('precision stands with its interval and sample, and few judgements are called few', async () => {
  const page = await open(AlgorithmPage, '/one/water_fishing')
  expect(page.find('[data-precision]').text()).toBe('90.0%（59.6%–98.2%），核实 10 条：属实 9，误报 1')
  expect(page.text()).toContain('样本少于 20')
})

test('the cameras that use it lead to their zones', async () => {
  const page = await open(AlgorithmPage, '/one/water_fishing')
  expect(page.find('a[href="/zones/3"]').text()).toBe('河堤球机')
  expect(page.text()).toContain('水边、闸口')
})

test('where nobody judged, no share is shown', async () => {
  calls.fetchPrecision.mockResolvedValue(table({ items: [], confirmed: 0, dismissed: 0, sample: 0, ratio: null, lower: null, upper: null }))
  const page = await open(AlgorithmPage, '/one/water_fishing')
  expect(page.find('[data-precision]').text()).toContain('准确率未知')
})

test('who may not see precision sees the rest', async () => {
  calls.fetchPrecision.mockRejectedValue(new ApiError(403, { code: 'forbidden' }))
  const page = await open(AlgorithmsPage, '/all')
  expect(page.find('[data-algorithm]').text()).toContain('不能查看准确率')
  expect(page.find('[data-algorithm]').text()).toContain('只报疑似')
})

test('a share that is not known is a dash', () => {
  expect([share(null), share(undefined), share(0.1234)]).toEqual(['—', '—', '12.3%'])
  expect(isThin(figureOf(table(), 'water_fishing'))).toBe(true)
  expect(figureOf(undefined, 'water_fishing')).toBeNull()
})
