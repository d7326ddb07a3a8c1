import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import ScenesPage from '@/modules/scenes/pages/ScenesPage.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { checkLayout: call(), fetchScenes: call(), fetchVersions: call(), removeScene: call(), setScene: call() }
})
vi.mock('@/modules/wall/calls', () => calls)
vi.mock('vue-router', () => ({ onBeforeRouteLeave: () => undefined }))

const map = { panel: 'map', x: 0, y: 0, w: 12, h: 8 }
const scene = { code: 'daily', name: '日常', name_en: 'Everyday', key: 1, watermark: false, version: 1, layout: { wide: [map], ultra: [map] } }
const book = { items: [scene], panels: [{ code: 'map', zh: '态势地图', en: 'Map', min_w: 6, min_h: 4 }], columns: 24, rows: 12, seams: [8, 16], first: 'daily', may_edit: true }
let page: VueWrapper | null = null

async function open(): Promise<VueWrapper> {
  page = mount(ScenesPage, { global: { plugins: [i18n, [VueQueryPlugin, { queryClientConfig: { defaultOptions: { queries: { retry: false } } } }]], stubs: { AppBar: true } } })
  await flushPromises()
  await vi.advanceTimersByTimeAsync(600)
  await flushPromises()
  return page
}
const state = (of: VueWrapper): string => of.find('.state').text()
const begin = async (of: VueWrapper, code: string): Promise<void> => {
  vi.stubGlobal('prompt', () => code)
  await of.find('nav .new').trigger('click')
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  calls.fetchScenes.mockResolvedValue(book)
  calls.fetchVersions.mockResolvedValue({ items: [] })
  calls.checkLayout.mockResolvedValue({ faults: [] })
})
afterEach(() => {
  page?.unmount()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a layout that nobody could check is not called good', async () => {
  expect(state(await open())).toBe('版面可用')
  page!.unmount()
  calls.checkLayout.mockRejectedValue(new Error('gone'))
  expect(state(await open())).toContain('没有检查成功')
})

test('a code that cannot be one, or is in use, is told and begins nothing', async () => {
  const editor = await open()
  await begin(editor, 'Bad code!')
  expect(editor.find('[role=alert]').text()).toContain('不能作为代码')
  await begin(editor, 'daily')
  expect(editor.find('[role=alert]').text()).toContain('已有场景在用')
  expect(editor.find('[data-save]').attributes('disabled')).toBeDefined()
})

test('a second press while it is being saved sends nothing more', async () => {
  let answer: (told: unknown) => void = () => undefined
  calls.setScene.mockReturnValue(new Promise((resolve) => (answer = resolve)))
  const editor = await open()
  await editor.find('fieldset input').setValue('日常二')
  await editor.find('[data-save]').trigger('click')
  await editor.find('[data-save]').trigger('click')
  expect(calls.setScene).toHaveBeenCalledTimes(1)
  answer({ ...book, items: [{ ...scene, version: 2 }] })
  await flushPromises()
  expect(editor.text()).toContain('已保存为第 2 版')
})

test('what was begun and never saved can be discarded', async () => {
  const editor = await open()
  await begin(editor, 'flood-2')
  expect((editor.find('fieldset input').element as HTMLInputElement).value).toBe('日常 副本')
  await editor.findAll('fieldset button').find((one) => one.text() === '放弃修改')!.trigger('click')
  await flushPromises()
  expect((editor.find('fieldset input').element as HTMLInputElement).value).toBe('日常')
})
