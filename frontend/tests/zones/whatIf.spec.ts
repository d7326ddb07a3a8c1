import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import ModelChoice from '@/modules/zones/components/ModelChoice.vue'
import WhatIf from '@/modules/zones/components/WhatIf.vue'
import { zoneBody, zoneDraft } from '@/modules/zones/drafts'
import { i18n } from '@/shared/i18n'
import { algorithm, row } from './factories'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { askReplay: call(), fetchReplay: call(), fetchReplays: call(), cancelReplay: call(), startTrial: call() }
})
const models = vi.hoisted(() => ({ fetchModels: vi.fn<() => Promise<unknown>>(), chooseModel: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/review/calls', () => calls)
vi.mock('@/modules/models/calls', () => models)

const global = { plugins: [i18n, VueQueryPlugin], stubs: { RouterLink: { props: ['to'], template: '<a :href="JSON.stringify(to)"><slot /></a>' } } }
const none = { confirmed: 0, dismissed: 0, sample: 0, ratio: null, lower: null, upper: null }
const tally = { total: 2, confirmed: 1, dismissed: 1 }
const result = { looks: 100, watched_seconds: 3600, would_be: 3, as_it_is: 2, reproduced: 2, raised: tally, kept: tally, lost: tally, new: 1, new_as_now: 0, uncovered: 0, now: none, then: none, never_seen: [], days: [], lost_items: [], new_items: [] }
const job = (id: number, part: object = {}): object => ({ id, state: 'done', looked: 100, total: 100, problem: '', result, ...part })
const body = (name = '水边') => zoneBody(zoneDraft(row({ name, parameters: { seconds: 9 } })), algorithm())
const refusal = (code: string, detail: string): ApiError => new ApiError(409, { code, detail })

async function asked(part: object = {}) {
  const view = mount(WhatIf, { global, props: { camera: 3, zone: 7, body: body(), blocked: false, masksChanged: false, ...part } })
  await view.find('[data-replay]').trigger('click')
  await flushPromises()
  await flushPromises()
  return view
}

beforeEach(() => vi.resetAllMocks())

describe('what would change', () => {
  test('the unsaved shape is replayed and its result shown, and a later change makes it an old one', async () => {
    calls.askReplay.mockResolvedValue(job(11))
    calls.fetchReplay.mockResolvedValue(job(11))
    const view = await asked()
    expect(calls.askReplay.mock.calls[0]!.slice(0, 2)).toEqual([3, 7])
    expect(calls.askReplay.mock.calls[0]![2]).toMatchObject({ parameters: { seconds: 9 }, polygon: body().polygon })
    expect(calls.askReplay.mock.calls[0]![3]).toBe(3)
    expect(view.text()).toContain('不再告警')
    expect(view.find('[data-outdated]').exists()).toBe(false)
    await view.setProps({ body: body('别处') })
    expect(view.find('[data-outdated]').text()).toContain('改动前')
  })

  test('a shape without a name is replayed without one', async () => {
    calls.askReplay.mockResolvedValue(job(12))
    calls.fetchReplay.mockResolvedValue(job(12, { state: 'running', result: null, looked: 40 }))
    const view = await asked({ zone: null, body: body('') })
    expect(calls.askReplay.mock.calls[0]![2]).not.toHaveProperty('name')
    expect(view.find('progress').attributes('value')).toBe('40')
  })

  test('where nothing is kept of the past, that is said and is no error', async () => {
    calls.askReplay.mockRejectedValue(refusal('nothing_kept', '没有保存检测记录'))
    const view = await asked()
    expect(view.find('[data-outcome="empty"]').text()).toContain('没有保存检测记录')
    expect(view.find('[role=alert]').exists()).toBe(false)
  })

  test('a rule that compares pictures is refused with a way on: the trial', async () => {
    calls.askReplay.mockRejectedValue(refusal('needs_pictures', '要比对画面，不能回放'))
    calls.startTrial.mockResolvedValue(row())
    const view = await asked()
    expect(view.find('[data-outcome="refused"]').text()).toContain('不能回放')
    await view.find('[data-outcome="refused"] button').trigger('click')
    await flushPromises()
    expect(calls.startTrial.mock.calls[0]!.slice(0, 2)).toEqual([3, 7])
    expect(view.text()).toContain('已按眼前的设置转入试运行')
  })

  test('what failed may be asked again', async () => {
    calls.askReplay.mockRejectedValueOnce(new ApiError(0, { code: 'network' })).mockResolvedValue(job(13))
    calls.fetchReplay.mockResolvedValue(job(13))
    const view = await asked()
    await view.find('[data-outcome="error"] button').trigger('click')
    await flushPromises()
    await flushPromises()
    expect(view.text()).toContain('不再告警')
  })

  test('the replay of a colleague is shown where one runs already', async () => {
    calls.askReplay.mockRejectedValue(refusal('replay_running', '已有一项'))
    calls.fetchReplays.mockResolvedValue({ items: [job(14, { state: 'running' })] })
    calls.fetchReplay.mockResolvedValue(job(14, { state: 'running', result: null, looked: 5 }))
    const view = await asked()
    expect(view.text()).toContain('完成或取消后才能回放您的改动')
    expect(view.find('progress').exists()).toBe(true)
  })
})

describe('the model of a camera', () => {
  const book = {
    items: [{ name: 'nanodet', title: 'NanoDet', classes: ['person', 'car'] }, { name: 'ours', title: '自有模型', classes: ['person'] }, { name: 'helmets', title: '安全帽', classes: ['bare_head'] }],
    uses: [{ camera: null, camera_name: '', algorithm: '', model: 'ours' }], detectors: ['nanodet', 'ours', 'helmets'], default: 'nanodet', may_edit: false, providers: [], upload_limit: 1,
  }
  async function open() {
    models.fetchModels.mockResolvedValue(book)
    const view = mount(ModelChoice, { global, props: { camera: 3, algorithm: algorithm() } })
    const details = view.find('details')
    ;(details.element as HTMLDetailsElement).open = true
    await details.trigger('toggle')
    await flushPromises()
    return view
  }

  test('only models that know what the algorithm looks for are offered for it, and what holds without a choice is named', async () => {
    const view = await open()
    const offered = view.find('[data-model-of="restricted_area_presence"]').findAll('option').map((one) => one.text())
    expect(offered).toEqual(['默认（自有模型）', 'NanoDet', '自有模型'])
    expect(view.find('[data-model-of="all"]').findAll('option')).toHaveLength(4)
  })

  test('a choice holds for this camera, and a refusal is said', async () => {
    models.chooseModel.mockRejectedValueOnce(new ApiError(403, { code: 'forbidden', detail: '无权' })).mockResolvedValue({})
    const view = await open()
    await view.find('[data-model-of="restricted_area_presence"]').setValue('nanodet')
    await flushPromises()
    expect(models.chooseModel.mock.calls[0]).toEqual(['nanodet', 'restricted_area_presence', 3])
    expect(view.find('[role=alert]').exists()).toBe(true)
    await view.find('[data-model-of="all"]').setValue('ours')
    await flushPromises()
    expect(view.find('[role=status]').text()).toBe('已保存')
  })
})
