import { describe, expect, test } from 'vitest'
import type { FieldTaskDetail } from '@/api/types'
import { afterAnswer, bodyOf, countJobs, isUnreachable, nextJob, pendingMoves, photoSent, resend, type Job } from '@/modules/field/outbox'

const job = (id: string, changes: Partial<Job> = {}): Job => ({
  id, person: 1, subject: 'task:17', title: '消防烟感核实', request: { kind: 'task', taskId: 17, move: 'done' }, body: { version: 3, passed: true }, photos: [],
  createdAt: 0, state: 'waiting', attempts: 0, refusal: null, ...changes,
})
const refusal = { code: 'stale_version', detail: '', at: 0, extra: { current_version: 9 } }

describe('what goes out next', () => {
  test('the oldest of this person', () => {
    const jobs = [job('b', { createdAt: 2 }), job('a', { createdAt: 1 }), job('x', { createdAt: 0, person: 2 })]
    expect(nextJob(jobs, 1)?.id).toBe('a')
  })

  test('a parked job holds back the later ones of its task, and no others', () => {
    const jobs = [job('a', { createdAt: 1, state: 'parked', refusal }), job('b', { createdAt: 2 }), job('c', { createdAt: 3, subject: 'task:18' })]
    expect(nextJob(jobs, 1)?.id).toBe('c')
  })

  test('nothing when all is delivered', () => {
    expect(nextJob([job('a', { state: 'delivered' })], 1)).toBeNull()
  })
})

describe('after an answer', () => {
  test('a delivered move hands its version to the moves made after it on the same task', () => {
    const jobs = [job('a', { createdAt: 1 }), job('b', { createdAt: 2 }), job('c', { createdAt: 3, subject: 'task:18' })]
    const after = afterAnswer(jobs, 'a', { kind: 'delivered', task: { version: 4 } as FieldTaskDetail })
    expect(after.map((one) => [one.state, one.body.version])).toEqual([['delivered', 3], ['waiting', 4], ['waiting', 3]])
  })

  test('a network without an answer keeps the job and its key', () => {
    const [after] = afterAnswer([job('a')], 'a', { kind: 'unreachable' })
    expect([after?.id, after?.state, after?.attempts]).toEqual(['a', 'waiting', 1])
  })

  test('a refusal is parked with its reason and never dropped', () => {
    const [after] = afterAnswer([job('a')], 'a', { kind: 'refused', refusal })
    expect([after?.state, after?.refusal?.code]).toEqual(['parked', 'stale_version'])
    expect(countJobs([after!], 1)).toEqual({ waiting: 0, parked: 1 })
  })

  test('the pictures are given up once the server has them', () => {
    const photo = { idempotencyKey: 'k', name: 'a.jpg', blob: new Blob(['x']), uploadId: 5 }
    const [after] = afterAnswer([job('a', { photos: [photo] })], 'a', { kind: 'delivered', task: null })
    expect(after?.photos[0]?.blob).toBeNull()
  })
})

test('a parked job sent again is another request, on the latest version, with the photos that already arrived', () => {
  const parked = photoSent(job('a', { state: 'parked', refusal, photos: [{ idempotencyKey: 'k', name: 'a.jpg', blob: null, uploadId: null }] }), 0, 8)
  const again = resend(parked, 'fresh', 9)
  expect([again.id, again.state, again.body.version, again.refusal]).toEqual(['fresh', 'waiting', 9, null])
  expect(bodyOf(again)).toEqual({ version: 9, passed: true, attachment_ids: [8] })
})

test('only no answer, a broken server and an ended session are tried again by themselves', () => {
  expect([isUnreachable(0, 'network'), isUnreachable(502, 'server_error'), isUnreachable(409, 'idempotency_in_progress'), isUnreachable(401, 'session_expired')]).toEqual([
    true, true, true, true,
  ])
  expect([isUnreachable(409, 'stale_version'), isUnreachable(409, 'already_taken'), isUnreachable(422, 'outside_geofence')]).toEqual([false, false, false])
})

test('the steps made without a network are known', () => {
  const request = (move: string) => ({ kind: 'task' as const, taskId: 17, move })
  expect(pendingMoves([job('b', { createdAt: 2, request: request('arrive') }), job('a', { createdAt: 1, request: request('accept') })], 1, 17)).toEqual(['accept', 'arrive'])
})
