import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { ModelBook, Shadow, ShadowReport } from '@/modules/models/calls'
import ShadowsPanel from '@/modules/models/components/ShadowsPanel.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { fetchShadows: call(), fetchShadow: call(), startShadow: call(), stopShadow: call(), findCameras: call() }
})
vi.mock('@/modules/models/calls', () => calls)

const row: Shadow = { id: 4, camera: 9, camera_name: '河堤球机', model: 'ssdlite', every: 5, started_at: '2026-03-02T08:00:00Z', ended_at: null, started_by: '陈管理', looks: 40, dropped: 3, milliseconds: 11.5, missing: '' }
const report: ShadowReport = {
  shadow: row, counted: [{ kind: 'person', by_now: 20, by_candidate: 16, both: 15, share: 0.714 }], all: { kind: '', by_now: 20, by_candidate: 16, both: 15, share: 0.714 },
  zones: [{ zone: 1, name: '闸口', algorithm: '重点区域闯入', by_now: 3, by_candidate: 2, both: 2, only_now: 1, only_candidate: 0 }],
}
const book = { items: [{ name: 'ssdlite', title: 'SSDLite' }], detectors: ['nanodet', 'ssdlite'] } as unknown as ModelBook

async function open(): Promise<VueWrapper> {
  const panel = mount(ShadowsPanel, { props: { book }, global: { plugins: [i18n, [VueQueryPlugin, { queryClientConfig: { defaultOptions: { queries: { retry: false } } } }]] } })
  await flushPromises()
  return panel
}
const press = async (panel: VueWrapper, name: string): Promise<void> => {
  await panel.findAll('button').find((button) => button.text() === name)?.trigger('click')
  await flushPromises()
}

beforeEach(() => {
  vi.resetAllMocks()
  calls.fetchShadows.mockResolvedValue([row])
  calls.fetchShadow.mockResolvedValue(report)
  calls.findCameras.mockResolvedValue([{ id: 9, name: '河堤球机' }])
})

test('a model goes on trial on the chosen camera and its comparison opens', async () => {
  calls.startShadow.mockResolvedValue(row)
  const panel = await open()
  await vi.waitFor(() => { expect(panel.findAll('option').map((option) => option.text())).toContain('河堤球机') })
  const [camera, model] = panel.findAll('select')
  await camera?.setValue('9')
  await model?.setValue('ssdlite')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(calls.startShadow).toHaveBeenCalledWith(9, 'ssdlite', 5)
  expect(panel.text()).toContain('71 %')
})

test('the comparison tells what both saw and what each would have raised', async () => {
  const panel = await open()
  await press(panel, '对比')
  expect(panel.findAll('tbody tr').map((line) => line.text().replace(/\s+/g, ''))).toEqual(['人20161571%', '合计20161571%', '闸口·重点区域闯入32210'])
})

test('a trial is ended by one press', async () => {
  const panel = await open()
  await press(panel, '结束')
  expect(calls.stopShadow).toHaveBeenCalledWith(4)
})

test('a refusal is told', async () => {
  calls.stopShadow.mockRejectedValue(new ApiError(403, { code: 'forbidden', detail: '需要系统管理员' }))
  const panel = await open()
  await press(panel, '结束')
  expect(panel.find('[role=alert]').text()).not.toBe('')
})

test('a model that is not there says so', async () => {
  calls.fetchShadows.mockResolvedValue([{ ...row, missing: 'model ssdlite is not there: run `manage.py fetch_models ssdlite`' }])
  expect((await open()).text()).toContain('fetch_models ssdlite')
})
