import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import ZoneHistory from '@/modules/dutyZones/components/ZoneHistory.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({ fetchHistory: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/dutyZones/calls', () => calls)

const row = { at: '2026-11-22T06:32:00Z', by: '林梅', move: 'edit', zone_id: 7, code: '329905001001Z001', name: '河东', kind: 'collector' }
const plain = (field: string, before: string, after: string) => ({ field, before, after, added: [], taken_out: [] })
const edited = { ...row, changes: [plain('name', '一号', '河东'), plain('person', '', '王芳'), { field: 'unit_grids', before: '3', after: '3', added: ['329905001001004'], taken_out: ['329905001001001'] }] }
const drawn = { ...row, move: 'create', changes: [plain('outline', '', '12000')] }

async function opened(zone: number | null): Promise<VueWrapper> {
  const history = mount(ZoneHistory, { global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient({ defaultOptions: { queries: { retry: false } } }) }]] }, props: { community: '3299.05.001.001', zone } })
  const details = history.find('details').element
  details.open = true
  await history.find('details').trigger('toggle')
  await flushPromises()
  return history
}

beforeEach(() => void vi.resetAllMocks())

test('a zone tells who changed what, when and from what', async () => {
  calls.fetchHistory.mockResolvedValue({ items: [edited, drawn] })
  const [change, made] = (await opened(7)).findAll('ol > li').map((one) => one.text())
  expect(calls.fetchHistory).toHaveBeenCalledWith('3299.05.001.001', 7)
  expect(change).toContain('林梅')
  expect(['名称：一号 → 河东', '责任人：未指定 → 王芳', '+ 329905001001004', '− 329905001001001'].filter((said) => !change!.includes(said))).toEqual([])
  expect(made).toContain('范围：12,000 平方米')
})

test('a community tells of every zone, the ended ones by their name and code', async () => {
  calls.fetchHistory.mockResolvedValue({ items: [{ ...row, move: 'remove', changes: [] }] })
  const history = await opened(null)
  expect(history.find('ol').text()).toContain('结束 · 河东 329905001001Z001')
})

test('nothing is asked before it is opened, and what fails can be asked again', async () => {
  calls.fetchHistory.mockRejectedValue(new Error('gone'))
  mount(ZoneHistory, { global: { plugins: [i18n, VueQueryPlugin] }, props: { community: 'a', zone: null } })
  expect(calls.fetchHistory).not.toHaveBeenCalled()
  const history = await opened(7)
  expect(history.find('[role=alert] button').exists()).toBe(true)
})
