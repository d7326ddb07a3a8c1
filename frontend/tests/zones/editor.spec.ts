import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { ApiError } from '@/api/errors'
import ZoneEditor from '@/modules/zones/components/ZoneEditor.vue'
import { readKept } from '@/modules/zones/composables/useKept'
import { i18n } from '@/shared/i18n'
import { algorithm, box, camera, LONG_NAME, row, SQUARE } from './factories'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { fetchCamera: call(), fetchPreview: call(), createZone: call(), editZone: call(), removeZone: call(), createMask: call(), editMask: call(), removeMask: call() }
})
vi.mock('@/modules/zones/calls', () => calls)
vi.mock('@/modules/video/composables/useWatching', () => ({ useWatching: () => ({}) }))
vi.mock('@/api/endpoints', () => ({ fetchEventTypes: () => Promise.resolve({ items: [{ code: 'stall', name: '占道经营', main_class: '街面秩序', default_level: 3 }] }) }))

const standing = { id: 7, is_watched: true, is_dark: false, holds: false, counting: [1], lasted_seconds: 23, needed_seconds: 60, seen: 1, needed: 1 }
const preview = { state: 'live', at: '2026-01-01T00:00:00Z', boxes: [box({ track: 1 }), box({ track: 2, box: [0.85, 0.2, 0.95, 0.5] })], zones: [standing], still_url: null, still_at: null, camera_state: 'online' }
let page: VueWrapper | null = null

async function open(given = camera()): Promise<VueWrapper> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { components: { ZoneEditor }, setup: () => ({ given, algorithms: [algorithm()] }), template: '<ZoneEditor :camera="given" :algorithms="algorithms" />' } }, { path: '/a/:code', name: 'algorithm', component: { template: '<p />' } }],
  })
  await router.push('/')
  page = mount({ template: '<RouterView />' }, { attachTo: document.body, global: { plugins: [i18n, VueQueryPlugin, createPinia(), router] } })
  await flushPromises()
  return page
}
const corner = (shown: VueWrapper, index: number) => shown.find(`[data-corner="${index}"]`)
const points = (shown: VueWrapper): string => shown.find('.shape.chosen polygon').attributes('points')!
const button = (shown: VueWrapper, text: string) => shown.findAll('button').find((one) => one.text() === text)!
const ctrl = (key: string): boolean => window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true }))
const stale = new ApiError(409, { code: 'stale_version', current_version: 2 })

beforeEach(() => {
  vi.resetAllMocks()
  localStorage.clear()
  calls.fetchPreview.mockResolvedValue(preview)
})
afterEach(() => {
  page?.unmount()
  page = null
})

describe('drawing', () => {
  test('an arrow key moves the chosen corner, and Ctrl+Z and Ctrl+Y go back and forth', async () => {
    const shown = await open()
    const before = points(shown)
    await corner(shown, 0).trigger('keydown', { key: 'ArrowRight', shiftKey: true })
    expect(points(shown).split(' ')[0]!.split(',')[0]).toBe('225')
    ctrl('z')
    await flushPromises()
    expect(points(shown)).toBe(before)
    ctrl('y')
    await flushPromises()
    expect(points(shown)).not.toBe(before)
  })

  test('Insert puts a corner into the edge, Delete takes one away', async () => {
    const shown = await open()
    await corner(shown, 0).trigger('keydown', { key: 'Insert' })
    expect(points(shown).split(' ')).toHaveLength(5)
    await corner(shown, 1).trigger('keydown', { key: 'Delete' })
    expect(points(shown).split(' ')).toHaveLength(4)
  })

  test('an outline that crosses itself is told while it is drawn and cannot be saved', async () => {
    const shown = await open(camera({ zones: [row({ polygon: [SQUARE[0]!, SQUARE[2]!, SQUARE[1]!, SQUARE[3]!] })] }))
    expect(shown.find('[data-fault="polygon"]').text()).toContain('自相交')
    expect(shown.find('.shape.chosen').classes()).toContain('wrong')
    expect(shown.find('button[type="submit"]').attributes('disabled')).toBeDefined()
  })

  test('without a mouse a shape is begun with Enter and is there to be moved', async () => {
    const shown = await open(camera({ zones: [] }))
    await shown.find('[data-tool="area"]').trigger('click')
    await shown.find('svg').trigger('keydown', { key: 'Enter' })
    expect(points(shown).split(' ')).toHaveLength(4)
    expect(shown.find('[data-item]').text()).toContain('未保存')
  })

  test('a long Chinese name is shown whole in the list and in the picture', async () => {
    const shown = await open(camera({ zones: [row({ name: LONG_NAME })] }))
    expect(shown.find('[data-item]').text()).toContain(LONG_NAME)
    expect(shown.find('.shape text').text()).toBe(LONG_NAME)
  })

  test('who may only look finds no handle, no tool and no button to save', async () => {
    const shown = await open(camera({ may_edit: false }))
    expect([shown.find('[data-corner]').exists(), shown.find('[data-tool]').exists(), shown.find('button[type="submit"]').exists()]).toEqual([false, false, false])
  })
})

describe('what the camera sees', () => {
  test('boxes with their scores, which of them count, and how near the rule is', async () => {
    const shown = await open()
    expect(shown.findAll('[data-seen]')).toHaveLength(2)
    expect(shown.findAll('[data-seen].counts')).toHaveLength(1)
    expect(shown.find('[data-seen] text').text()).toBe('人 0.90')
    expect(shown.find('[data-rule]').text()).toContain('已持续 23 s / 60 s')
  })

  test('what stands longer than needed says that the condition holds', async () => {
    calls.fetchPreview.mockResolvedValue({ ...preview, zones: [{ ...standing, holds: true, lasted_seconds: 90 }] })
    const shown = await open()
    expect(shown.find('[data-rule]').text()).toContain('条件成立')
  })

  test('a shape that is being moved counts at once what now stands in it', async () => {
    const shown = await open()
    for (let step = 0; step < 8; step += 1) await shown.find('.shape.chosen polygon').trigger('keydown', { key: 'ArrowUp', shiftKey: true })
    expect(shown.findAll('[data-seen].counts')).toHaveLength(0)
    expect(shown.text()).toContain('有未保存的改动')
  })

  test('where the camera itself is lost, that is said', async () => {
    calls.fetchPreview.mockResolvedValue({ ...preview, state: 'waiting', camera_state: 'dead_stream', boxes: [], zones: [] })
    const shown = await open()
    expect(shown.find('[data-camera]').text()).toContain('中断')
  })

  test('a lost connection is told, and the drawing stays', async () => {
    calls.fetchPreview.mockRejectedValue(new ApiError(0, { code: 'network' }))
    const shown = await open()
    expect(shown.find('[data-preview]').text()).toBe('预览中断')
    expect(shown.find('.shape.chosen').exists()).toBe(true)
  })
})

describe('storing', () => {
  const rename = async (shown: VueWrapper, name: string): Promise<void> => shown.find('[data-field="name"]').setValue(name)
  const submit = async (shown: VueWrapper): Promise<void> => {
    await shown.find('form.form').trigger('submit')
    await flushPromises()
  }

  test('two clicks send once', async () => {
    let answer: (given: unknown) => void = () => undefined
    calls.editZone.mockReturnValue(new Promise((resolve) => (answer = resolve)))
    const shown = await open()
    await rename(shown, '东门')
    void shown.find('form.form').trigger('submit')
    void shown.find('form.form').trigger('submit')
    answer(row({ name: '东门', version: 2 }))
    await flushPromises()
    expect(calls.editZone).toHaveBeenCalledTimes(1)
    expect(calls.editZone.mock.calls[0]!.slice(0, 2)).toEqual([7, 1])
    expect(shown.text()).toContain('已保存“东门”')
  })

  test('what the platform refuses is told at its field', async () => {
    calls.editZone.mockRejectedValue(new ApiError(422, { code: 'invalid', errors: [{ field: 'parameters.seconds', code: 'too_large', message: '数值过大。' }] }))
    const shown = await open()
    await rename(shown, '东门')
    await submit(shown)
    expect(shown.find('[data-field="parameters.seconds"]').attributes('aria-invalid')).toBe('true')
    expect(shown.text()).toContain('数值过大。')
  })

  test('a faster colleague is told of with both versions, and mine goes over theirs only when I say so', async () => {
    calls.editZone.mockRejectedValueOnce(stale).mockResolvedValueOnce(row({ name: '我的', version: 3 }))
    calls.fetchCamera.mockResolvedValue(camera({ zones: [row({ name: '对方的', version: 2 })] }))
    const shown = await open()
    await rename(shown, '我的')
    await submit(shown)
    expect(shown.find('.stale').text()).toContain('对方的')
    await button(shown, '用我的覆盖').trigger('click')
    await flushPromises()
    expect(calls.editZone.mock.calls[1]![1]).toBe(2)
    expect(shown.find('.stale').exists()).toBe(false)
  })

  test('theirs can be taken instead', async () => {
    calls.editZone.mockRejectedValueOnce(stale)
    calls.fetchCamera.mockResolvedValue(camera({ zones: [row({ name: '对方的', version: 2 })] }))
    const shown = await open()
    await rename(shown, '我的')
    await submit(shown)
    await button(shown, '采用对方的').trigger('click')
    expect((shown.find('[data-field="name"]').element as HTMLInputElement).value).toBe('对方的')
  })

  test('what somebody took away meanwhile can be saved as new', async () => {
    calls.editZone.mockRejectedValueOnce(new ApiError(404, { code: 'not_found' }))
    calls.fetchCamera.mockResolvedValue(camera({ zones: [] }))
    calls.createZone.mockResolvedValue(row({ id: 9, name: '我的' }))
    const shown = await open()
    await rename(shown, '我的')
    await submit(shown)
    await button(shown, '作为新图形保存').trigger('click')
    await flushPromises()
    expect(calls.createZone).toHaveBeenCalledTimes(1)
  })

  test('without a connection nothing is lost: the draft is kept, and the same key is used again', async () => {
    calls.editZone.mockRejectedValue(new ApiError(0, { code: 'network' }))
    const shown = await open()
    await rename(shown, '东门')
    await submit(shown)
    expect(shown.text()).toContain('内容未丢失')
    await submit(shown)
    const keys = calls.editZone.mock.calls.map((call) => (call[3] as { idempotencyKey: string }).idempotencyKey)
    expect(keys[0]).toBe(keys[1])
    shown.unmount()
    page = null
    expect(readKept(3)?.drafts[0]?.name).toBe('东门')
    const again = await open()
    await again.find('[data-kept]').trigger('click')
    expect((again.find('[data-field="name"]').element as HTMLInputElement).value).toBe('东门')
  })

  test('a page with unsaved shapes asks before it is left', async () => {
    const shown = await open()
    const before = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(before)
    expect(before.defaultPrevented).toBe(false)
    await rename(shown, '东门')
    const leaving = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(true)
  })
})
