import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, ref } from 'vue'
import { ApiError } from '@/api/errors'
import { fetchEvents, fetchRespondersNear, moveTask } from '@/api/endpoints'
import type { EventDetail, FieldTask, OrgUnit, Responder } from '@/api/types'
import { parseCommand } from '@/modules/desk/command'
import { useCommands } from '@/modules/desk/composables/useCommands'
import { entryOfEvent } from '@/modules/desk/entries'
import { taskMeantBy } from '@/modules/desk/suggest'
import { i18n } from '@/shared/i18n'
import { eventRow } from './rows'

vi.mock('@/api/endpoints', () => ({ fetchEvents: vi.fn<() => unknown>(), fetchRespondersNear: vi.fn<() => unknown>(), moveTask: vi.fn<() => unknown>() }))

const task = (id: number, name: string, changes: Partial<FieldTask> = {}) => ({ id, version: 3, state: 'accepted', assignee: { id, user_id: id, name }, arrived_at: null, ...changes }) as FieldTask
const event = (changes: Partial<EventDetail> = {}) => ({ ...eventRow({ id: 342, number: '20261122-000342', state: 'handling' }), tasks: [task(12, '执法12')], allowed_moves: [], ...changes }) as EventDetail

function desk(read: EventDetail, options: { responders?: Responder[]; offered?: boolean; units?: OrgUnit[] } = {}) {
  const known = ref({ rows: [entryOfEvent(read)], units: [] as OrgUnit[], responders: options.responders ?? [] })
  const shown = ref<EventDetail | null>(null)
  const begin = vi.fn<() => boolean>(() => options.offered ?? true)
  const include = vi.fn<() => unknown>()
  const filter = vi.fn<() => unknown>()
  let commands!: ReturnType<typeof useCommands>
  mount(defineComponent({ setup: () => {
    commands = useCommands({
      known, named: async () => void (known.value = { ...known.value, units: options.units ?? [] }), event: shown, select: () => (shown.value = read), take: vi.fn<() => unknown>(), filter, begin, include, arrived: vi.fn<() => unknown>(),
    })
    return () => null
  } }), { global: { plugins: [i18n] } })
  const type = async (text: string): Promise<string> => {
    await commands.run(parseCommand(text))
    await flushPromises()
    return commands.said.value
  }
  return { type, begin, include, filter }
}

beforeEach(() => {
  for (const call of [fetchEvents, fetchRespondersNear, moveTask]) vi.mocked(call).mockReset()
})

test('到 records the arrival of whoever is named, at the task with its version', async () => {
  vi.mocked(moveTask).mockResolvedValue({} as never)
  expect(await desk(event()).type('到 0342 执法12')).toBe('已记录 执法12 到场。')
  expect(vi.mocked(moveTask).mock.calls[0]?.slice(0, 3)).toEqual([12, 'report_arrival', { version: 3 }])
})

test('who may not record it is told who may', async () => {
  vi.mocked(moveTask).mockRejectedValue(new ApiError(403, { code: 'forbidden', detail: '当前岗位不能进行此操作，需要：派遣员、值班长。' }))
  expect(await desk(event()).type('到 0342')).toContain('派遣员、值班长')
})

test('what speaks against the arrival is said in the words of the server', async () => {
  vi.mocked(moveTask).mockRejectedValue(new ApiError(422, { code: 'outside_geofence', detail: '您距任务地点约 500 米' }))
  expect(await desk(event()).type('到 0342 执法12')).toContain('500 米')
})

test('nobody sent, several sent and one who is there already are told apart', async () => {
  expect(await desk(event({ tasks: [] })).type('到 0342')).toContain('没有派出人员')
  expect(await desk(event({ tasks: [task(1, '网格员07'), task(2, '执法12')] })).type('到 0342')).toContain('网格员07、执法12')
  expect(await desk(event({ tasks: [task(1, '执法12', { arrived_at: '2026-11-22T06:00:00Z' })] })).type('到 0342')).toBe('执法12 已到场。')
  expect(moveTask).not.toHaveBeenCalled()
})

test('those who were sent are known by initials too, and only while their task is open', () => {
  const sent = [task(1, '网格员07'), task(2, '执法12'), task(3, '执法13', { state: 'done' })]
  expect(taskMeantBy(['zf12'], sent).task?.id).toBe(2)
  expect(taskMeantBy(['执法13'], sent).task).toBeNull()
})

test('派 opens the form of the case for somebody who is not near', async () => {
  vi.mocked(fetchRespondersNear).mockResolvedValue({ items: [{ id: 7, name: '网格员07' } as Responder] })
  const { type, begin, include } = desk(event({ state: 'reported' }))
  await type('派 网格员07 0342')
  expect(vi.mocked(fetchRespondersNear).mock.calls[0]).toEqual([118.72, 32.01, 5, '网格员07'])
  expect(begin).toHaveBeenCalledWith('ask_verification', { assignee_id: 7 })
  expect(include).toHaveBeenCalledTimes(1)
})

test('initials of somebody who is not near are looked for among more', async () => {
  vi.mocked(fetchRespondersNear).mockResolvedValue({ items: [{ id: 7, name: '网格员07' } as Responder, { id: 8, name: '执法12' } as Responder] })
  const { type, begin } = desk(event({ state: 'reported' }))
  await type('派 wgy07 0342')
  expect(begin).toHaveBeenCalledWith('ask_verification', { assignee_id: 7 })
})

test('a department that is typed before the list of them is read is waited for', async () => {
  const { type, begin } = desk(event({ state: 'filed' }), { units: [{ id: 5, name: '城市管理局' } as OrgUnit] })
  await type('派 城市管理局 0342')
  expect(begin).toHaveBeenCalledWith('dispatch', { unit_id: 5 })
})

test('a name that nobody has is said', async () => {
  vi.mocked(fetchRespondersNear).mockResolvedValue({ items: [] })
  expect(await desk(event()).type('派 某某 0342')).toContain('“某某”不明确')
})

test('结 opens the closing, and says so where it is not possible', async () => {
  const { type, begin } = desk(event({ state: 'checked' }))
  await type('结 0342')
  expect(begin).toHaveBeenCalledWith('close', {})
  expect(await desk(event(), { offered: false }).type('结 0342')).toContain('不能结案')
})

test('a telephone number and an address are looked for in the queue', async () => {
  const { type, filter } = desk(event())
  await type('138 0000 1234')
  await type('友谊路 12 号')
  expect(filter.mock.calls).toEqual([['13800001234'], ['友谊路 12 号']])
})

test('a number that is nowhere is said', async () => {
  vi.mocked(fetchEvents).mockResolvedValue({ items: [], next: null, as_of: '1-0', epoch: 'e' } as never)
  expect(await desk(event()).type('9999')).toContain('没有找到编号 9999')
})
