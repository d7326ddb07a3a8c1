import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import PrecisionTab from '@/modules/review/components/PrecisionTab.vue'
import ReplayResult from '@/modules/review/components/ReplayResult.vue'
import ReplayTab from '@/modules/review/components/ReplayTab.vue'
import TrialsTab from '@/modules/review/components/TrialsTab.vue'
import type { ReplayResult as Result } from '@/modules/review/calls'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return {
    fetchPrecision: call(), fetchJudged: call(), fetchCamera: call(), fetchAlgorithms: call(), fetchReplays: call(), fetchReplay: call(), askReplay: call(),
    cancelReplay: call(), fetchTrials: call(), fetchTrial: call(), startTrial: call(), switchOn: call(), endTrial: call(),
  }
})
const endpoints = vi.hoisted(() => ({ fetchCameras: vi.fn<() => Promise<unknown>>() }))
vi.mock('@/modules/review/calls', () => calls)
vi.mock('@/api/endpoints', () => endpoints)

const global = { plugins: [i18n, VueQueryPlugin], stubs: { RouterLink: { props: ['to'], template: '<a :href="JSON.stringify(to)"><slot /></a>' } } }
const none = { confirmed: 0, dismissed: 0, sample: 0, ratio: null, lower: null, upper: null }
const half = { confirmed: 4, dismissed: 4, sample: 8, ratio: 0.5, lower: 0.21, upper: 0.78 }
const zone = (id: number, changes: object = {}): object => ({
  id, version: 1, name: `区域${id}`, shape: 'area', polygon: [[0, 0], [1, 0], [1, 1]], algorithm: 'water_fishing', parameters: { seconds: 180 }, sensitivity: 'normal', night_by: 'sun', night_parameters: {},
  by_day: { seconds: 180 }, by_night: { seconds: 180 }, schedule: { windows: [], light: 'any' }, ignore_still_after_seconds: null, cool_down_seconds: null, type_code: 'x', level: null, enabled: true, is_shadow: false, compares_with: null, state: 'active', state_detail: '', ...changes,
})
const result = (changes: Partial<Result> = {}): Result => ({
  looks: 1000, watched_seconds: 86_400, would_be: 5, as_it_is: 8, reproduced: 7, raised: { total: 8, confirmed: 4, dismissed: 4 }, kept: { total: 4, confirmed: 4, dismissed: 0 },
  lost: { total: 4, confirmed: 0, dismissed: 4 }, new: 1, new_as_now: 0, uncovered: 0, now: half, then: { ...half, ratio: 1, dismissed: 0, sample: 4 }, never_seen: [], days: [],
  lost_items: [{ alert_id: 31, began_at: '2026-11-22T05:00:00Z', verdict: 'dismissed' }], new_items: [], ...changes,
})
const pressed = (wrapper: ReturnType<typeof mount>, text: string) => wrapper.findAll('button').find((one) => one.text() === text)!

beforeEach(() => vi.resetAllMocks())

test('a figure opens the alerts behind it', async () => {
  const row = { ...half, algorithm: 'water_fishing', algorithm_name: '疑似钓鱼', camera_id: 3, camera_name: '河堤', hour: null, alerts: 9, waiting: 1 }
  calls.fetchPrecision.mockResolvedValue({ ...half, by: 'pair', days: 30, items: [row] })
  calls.fetchJudged.mockResolvedValue({ items: [{ id: 31, title: '疑似钓鱼 · 河堤', level: 3, found_at: '2026-11-22T05:00:00Z', state: 'dismissed' }], next: null })
  const view = mount(PrecisionTab, { global })
  await flushPromises()
  expect(view.text()).toContain('合计属实率 50.0%')
  await view.findAll('tbody button')[2]!.trigger('click')
  await flushPromises()
  expect(calls.fetchJudged.mock.calls[0]![0]).toMatchObject({ days: 30, algorithm: 'water_fishing', camera: 3, verdict: 'dismissed' })
  expect(view.text()).toContain('疑似钓鱼 · 河堤 · 误报')
})

test('a result says what is kept, lost and new, and warns where cases would be lost', () => {
  const calm = mount(ReplayResult, { global, props: { result: result() } })
  expect(calm.text()).toContain('重现了 88% 的实际告警')
  expect(calm.find('[role=alert]').exists()).toBe(false)
  const worse = mount(ReplayResult, { global, props: { result: result({ lost: { total: 5, confirmed: 2, dismissed: 3 }, never_seen: ['car'] }) } })
  expect(worse.find('[role=alert]').text()).toContain('会漏掉 2 条')
  expect(worse.text()).toContain('从未识别到：小汽车')
  expect(mount(ReplayResult, { global, props: { result: result({ raised: { total: 0, confirmed: 0, dismissed: 0 }, now: none, then: none }) } }).text()).toContain('还没有人判定过')
})

test('a zone with other values is replayed, its progress is shown, and then its result', async () => {
  endpoints.fetchCameras.mockResolvedValue({ items: [{ id: 7, name: '河堤' }], next: null })
  calls.fetchAlgorithms.mockResolvedValue({ items: [{ code: 'water_fishing', name: '疑似钓鱼', parameters: [{ name: 'seconds', title: '停留时间', type: 'number', default: 180, minimum: 5, maximum: 7200, choices: [], help: null }] }] })
  calls.fetchCamera.mockResolvedValue({ zones: [zone(5), zone(6, { is_shadow: true })] })
  calls.fetchReplays.mockResolvedValue({ items: [], kept: { kept_days: 7, blocks: 3, looks: 9, things: 1, size_bytes: 48_200, bytes_per_day: 9000, first_at: '2026-11-20T05:00:00Z', last_at: null } })
  const running = { id: 1, state: 'running', looked: 50, total: 100, problem: '', result: null }
  calls.askReplay.mockResolvedValue(running)
  calls.fetchReplay.mockResolvedValueOnce(running).mockResolvedValue({ ...running, state: 'done', result: result() })
  const view = mount(ReplayTab, { global })
  await flushPromises()
  await flushPromises()
  expect(view.text()).toContain('48.2 kB')
  expect(view.findAll('select')[1]!.findAll('option')).toHaveLength(1)
  await view.find('input[type=number]').setValue('240')
  await view.find('form').trigger('submit')
  await flushPromises()
  expect(calls.askReplay.mock.calls[0]!.slice(0, 2)).toEqual([7, 5])
  expect(calls.askReplay.mock.calls[0]![2]).toMatchObject({ algorithm: 'water_fishing', parameters: { seconds: 240 }, shape: 'area' })
  expect(view.find('progress').attributes('value')).toBe('50')
  await vi.waitFor(() => expect(view.text()).toContain('不再告警'), { timeout: 3000 })
})

test('a trial is compared and switched on by one click', async () => {
  const trial = { zone: zone(6, { is_shadow: true, name: '区域5 试运行' }), camera_id: 7, camera_name: '河堤', compares_with: zone(5), since: '2026-11-21T05:00:00Z', findings: 4, may_edit: true }
  calls.fetchTrials.mockResolvedValue({ items: [trial] })
  calls.fetchTrial.mockResolvedValue({
    trial, days: 7, since: '2026-11-21T05:00:00Z', kept_days: 7, trial_findings: 4, active_alerts: { total: 3, confirmed: 2, dismissed: 1 }, both: { total: 2, confirmed: 2, dismissed: 0 },
    only_active: { total: 1, confirmed: 0, dismissed: 1 }, only_trial: 2, now: half, then: half, missed: [],
    findings: [{ id: 1, found_at: '2026-11-22T05:00:00Z', last_seen_at: '2026-11-22T05:00:00Z', seen_count: 1, confidence: 0.8, boxes: [], still_url: '/api/v1/trial-findings/1/still.jpg', alert_id: null }],
  })
  calls.switchOn.mockResolvedValue({})
  const view = mount(TrialsTab, { global })
  await flushPromises()
  expect(view.text()).toContain('对比：区域5')
  await pressed(view, '对比报告').trigger('click')
  await flushPromises()
  expect(view.text()).toContain('2（属实 2，误报 0）')
  await pressed(view, '正式启用').trigger('click')
  await flushPromises()
  expect(calls.switchOn.mock.calls[0]!.slice(0, 2)).toEqual([6, true])
})
