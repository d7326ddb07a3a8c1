import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import { everything } from '@/modules/desk/queue'
import type { askExport, cancelExport, ExportRow, fetchExports } from '@/modules/exports/calls'
import ExportMenu from '@/modules/exports/components/ExportMenu.vue'
import { deskExport, deskFilters, newest, shareOf, withRow } from '@/modules/exports/jobs'
import { i18n } from '@/shared/i18n'

const server = vi.hoisted(() => ({ fetchExports: vi.fn<typeof fetchExports>(), askExport: vi.fn<typeof askExport>(), cancelExport: vi.fn<typeof cancelExport>() }))
const live = vi.hoisted(() => ({ tell: null as unknown as (told: { row: unknown }) => void }))
vi.mock('@/modules/exports/calls', async (original) => ({ ...(await original<object>()), ...server }))
vi.mock('@/live', () => ({ useLive: (_: string, handler: (payload: { row: unknown }) => void) => void (live.tell = handler) }))

const row = (changes: Partial<ExportRow> = {}): ExportRow => ({
  id: 7, version: 1, kind: 'events', format: 'xlsx', filters: { open: true }, state: 'queued', total: null, written: 0, most: 100_000, truncated: false, size: null, problem: '',
  file_name: '案件清单-20261122-193000.xlsx', created_at: '2026-11-22T11:30:00Z', ended_at: null, expires_at: '2026-11-29T11:30:00Z', ...changes,
})

async function menu(rows: ExportRow[], filters: Record<string, string | boolean> | null = { open: true }) {
  server.fetchExports.mockResolvedValue({ items: rows, as_of: '1-0', epoch: 'e' })
  const wrapper = mount(ExportMenu, { global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]] }, props: { kind: 'events', filters } })
  await flushPromises()
  return wrapper
}

beforeEach(() => Object.values(server).forEach((call) => call.mockReset()))

test('a page that was loaded anew shows how far the export is, and follows it to its file', async () => {
  const wrapper = await menu([row({ version: 3, state: 'running', total: 4000, written: 1000 })])
  expect([wrapper.find('summary').text(), wrapper.find('.said').text(), wrapper.find('progress').element.value]).toEqual(['导出 25%', '已写 1,000 / 4,000 行', 0.25])
  live.tell({ row: row({ version: 4, state: 'running', total: 4000, written: 3000 }) })
  live.tell({ row: row({ version: 2, state: 'running', total: 4000, written: 10 }) })
  await flushPromises()
  expect(wrapper.find('summary').text()).toBe('导出 75%')
  live.tell({ row: row({ version: 5, state: 'done', total: 4000, written: 4000 }) })
  await flushPromises()
  expect([wrapper.find('summary').text(), wrapper.find('a').attributes('href'), wrapper.find('[role=status]').text()]).toEqual([
    '导出', '/api/v1/exports/7/file', '案件清单-20261122-193000.xlsx 已可下载',
  ])
})

test('what is filtered now is asked for once, and a refusal is said in words', async () => {
  const wrapper = await menu([], { open: true, street: '3299.05.002' })
  server.askExport.mockResolvedValueOnce(row())
  await wrapper.findAll('.formats button')[1]!.trigger('click')
  await flushPromises()
  expect(server.askExport.mock.calls).toEqual([['events', 'pdf', { open: true, street: '3299.05.002' }]])
  expect(wrapper.find('.said').text()).toBe('排队中')
  server.askExport.mockRejectedValueOnce(new ApiError(409, { code: 'too_many_exports', detail: '您已有 3 项导出在排队，请等待完成或取消其中一项。' }))
  await wrapper.findAll('.formats button')[0]!.trigger('click')
  await flushPromises()
  expect(wrapper.find('[role=alert]').text()).toContain('3 项导出在排队')
})

test('a waiting one can be cancelled, and a failed one says why and is asked for again', async () => {
  const wrapper = await menu([row(), row({ id: 6, state: 'failed', problem: 'no_room', filters: { stage: 'handle' }, format: 'csv' })])
  server.cancelExport.mockResolvedValueOnce(row({ version: 2, state: 'cancelled' }))
  const [waiting, failed] = wrapper.findAll('li')
  await waiting!.find('button').trigger('click')
  await flushPromises()
  expect([server.cancelExport.mock.calls[0], wrapper.findAll('.said')[0]!.text()]).toEqual([[7], '已取消'])
  expect(failed!.find('.said').text()).toContain('磁盘空间不足')
  server.askExport.mockResolvedValueOnce(row({ id: 8 }))
  await failed!.find('button').trigger('click')
  await flushPromises()
  expect(server.askExport.mock.calls[0]).toEqual(['events', 'csv', { stage: 'handle' }])
  expect(wrapper.findAll('li')).toHaveLength(3)
})

test('rows beyond the limit are said and not waited for', async () => {
  const wrapper = await menu([row({ state: 'done', total: 9000, written: 5000, most: 5000, truncated: true })])
  expect(wrapper.find('.truncated').text()).toBe('共 9,000 行，文件只含前 5,000 行')
  expect([shareOf({ total: 9000, written: 5000, most: 5000 }), shareOf({ total: 0, written: 0, most: 10 }), shareOf({ total: null, written: 0, most: 10 })]).toEqual([1, 1, null])
})

test('an older answer takes nothing back', () => {
  const held = [row({ version: 5, state: 'done' })]
  expect([withRow(held, row({ version: 4 }))[0]!.state, newest([row({ version: 2 })], held)[0]!.state, newest([row({ version: 6, state: 'failed' })], held)[0]!.state]).toEqual(['done', 'done', 'failed'])
})

test('the desk exports what it shows, and alerts are none of it', async () => {
  expect(deskFilters({ ...everything, street: 's', stage: 'handle', text: ' 井盖 ' }, 'due', [{ role: 'dispatcher', unitId: null }])).toEqual({ open: true, order: 'due', street: 's', stage: 'handle', q: '井盖' })
  expect(deskFilters({ ...everything, mine: true }, 'newest', [{ role: 'dispatcher', unitId: null }])).toEqual({ open: true, order: 'newest', state: 'filed,returned,handled' })
  expect([deskFilters({ ...everything, stage: 'alert' }, 'due', []), deskFilters({ ...everything, mine: true }, 'due', [{ role: 'wall_operator', unitId: null }])]).toEqual([null, null])
  expect((await menu([], null)).findAll('.formats')).toHaveLength(0)
})

test('the desk exports its alerts where it shows those alone', () => {
  const alerts = { ...everything, stage: 'alert' as const, street: 'c.d.s1' }
  expect(deskExport(alerts, 'due', [])).toEqual({ kind: 'alerts', filters: { state: 'open', area: 'c.d.s1' } })
  expect(deskExport({ ...alerts, text: '湖滨路' }, 'due', []).filters).toBeNull()
  expect(deskExport(everything, 'due', []).kind).toBe('events')
})
