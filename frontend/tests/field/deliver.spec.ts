import { beforeEach, expect, test, vi } from 'vitest'
import { moveEvent, moveTask, reportEvent, uploadPhoto } from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import { deliver } from '@/modules/field/deliver'
import type { Job } from '@/modules/field/outbox'
import { inMemory } from '@/modules/field/outboxDb'

vi.mock('@/api/endpoints', () => ({ moveEvent: vi.fn<typeof moveEvent>(), moveTask: vi.fn<typeof moveTask>(), reportEvent: vi.fn<typeof reportEvent>(), uploadPhoto: vi.fn<typeof uploadPhoto>() }))

const photo = (key: string, uploadId: number | null = null) => ({ idempotencyKey: key, name: `${key}.jpg`, blob: new Blob(['x']), uploadId })
const job = (changes: Partial<Job> = {}): Job => ({
  id: 'job-key', person: 1, subject: 'task:17', title: '核实', request: { kind: 'task', taskId: 17, move: 'done' }, body: { version: 3, passed: true }, photos: [],
  createdAt: 0, state: 'waiting', attempts: 0, refusal: null, ...changes,
})
const keep = vi.fn<(job: Job) => Promise<void>>(async () => {})

beforeEach(() => vi.resetAllMocks())

test('photos go first, each once and under its own key, then the move with their ids under the key of the job', async () => {
  vi.mocked(uploadPhoto).mockResolvedValue({ id: 9 } as never)
  vi.mocked(moveTask).mockResolvedValue({ id: 17, version: 4 } as never)
  const outcome = await deliver(job({ photos: [photo('a', 8), photo('b')] }), keep)
  expect(uploadPhoto).toHaveBeenCalledTimes(1)
  expect(vi.mocked(uploadPhoto).mock.calls[0]?.[2]).toEqual({ idempotencyKey: 'b' })
  expect(moveTask).toHaveBeenCalledWith(17, 'done', { version: 3, passed: true, attachment_ids: [8, 9] }, { idempotencyKey: 'job-key' })
  expect(outcome.kind).toBe('delivered')
})

test('a photo that arrived is remembered before the move is tried, so that a dead network does not send it twice', async () => {
  vi.mocked(uploadPhoto).mockResolvedValue({ id: 9 } as never)
  vi.mocked(moveTask).mockRejectedValue(new ApiError(0, { code: 'network' }))
  expect(await deliver(job({ photos: [photo('a')] }), keep)).toEqual({ kind: 'unreachable' })
  expect(keep).toHaveBeenCalledWith(expect.objectContaining({ photos: [expect.objectContaining({ uploadId: 9 })] }))
})

test('a conflict is a refusal with what the server said', async () => {
  vi.mocked(moveTask).mockRejectedValue(new ApiError(409, { code: 'stale_version', detail: '已有改动', current_version: 6 }))
  expect(await deliver(job(), keep)).toEqual({ kind: 'refused', refusal: expect.objectContaining({ code: 'stale_version', extra: { current_version: 6 } }) })
})

test('a report goes out as a new event', async () => {
  vi.mocked(reportEvent).mockResolvedValue({} as never)
  await deliver(job({ request: { kind: 'report' }, body: { type_code: '01' } }), keep)
  expect(reportEvent).toHaveBeenCalledWith({ type_code: '01' }, { idempotencyKey: 'job-key' })
})

test('what was set right on the spot is reported once, then settled with its later photos', async () => {
  vi.mocked(reportEvent).mockResolvedValue({ id: 5, version: 1 } as never)
  vi.mocked(moveEvent).mockRejectedValueOnce(new ApiError(0, { code: 'network' }))
  const made = job({ request: { kind: 'report', settle: { note: '已清理' } }, body: { type_code: '01' }, photos: [photo('a', 8), { ...photo('b', 9), after: true }] })
  expect(await deliver(made, keep)).toEqual({ kind: 'unreachable' })
  const kept = keep.mock.calls.at(-1)![0]
  expect(reportEvent).toHaveBeenCalledWith({ type_code: '01', attachment_ids: [8] }, { idempotencyKey: 'job-key' })
  expect((await deliver(kept, keep)).kind).toBe('delivered')
  expect(reportEvent).toHaveBeenCalledTimes(1)
  expect(moveEvent).toHaveBeenLastCalledWith(5, 'self_handle', { version: 1, note: '已清理', attachment_ids: [9] }, { idempotencyKey: 'job-key-settled' })
})

test('without a database jobs are kept while the page lives, and the page can tell', async () => {
  const store = inMemory()
  await store.write([job()], [])
  await store.write([job({ id: 'other' })], ['job-key'])
  expect([(await store.all()).map((one) => one.id), store.durable]).toEqual([['other'], false])
})

test('a component that the register lost meanwhile does not hold the report up: it goes on in words, under a key of its own', async () => {
  vi.mocked(reportEvent).mockRejectedValueOnce(new ApiError(422, { code: 'unknown_component' })).mockResolvedValue({ id: 5 } as never)
  const made = job({ request: { kind: 'report', unnamed: '（部件 3299）' }, body: { type_code: '01', description: '灯坏了', component_id: 7 } })
  expect((await deliver(made, keep)).kind).toBe('delivered')
  expect(vi.mocked(reportEvent).mock.calls).toEqual([
    [{ type_code: '01', description: '灯坏了', component_id: 7 }, { idempotencyKey: 'job-key' }],
    [{ type_code: '01', description: '灯坏了（部件 3299）' }, { idempotencyKey: 'job-key-plain' }],
  ])
})
