import { expect, test } from 'vitest'
import { stampsOf } from '@/modules/casework/stages'

const entry = (at: string, to_state: string) => ({ at, to_state })

test('each stage is stamped with the time it began', () => {
  const stamps = stampsOf('handle', [entry('T1', 'reported'), entry('T2', 'filed'), entry('T3', 'dispatched'), entry('T4', 'handling'), entry('T5', '')])
  expect(stamps.map((stamp) => [stamp.stage, stamp.at, stamp.status])).toEqual([
    ['discover', 'T1', 'done'], ['verify', 'T2', 'done'], ['dispatch', 'T3', 'done'], ['handle', 'T4', 'current'],
    ['feedback', null, 'ahead'], ['evaluate', null, 'ahead'],
  ])
})

test('after a rework the later visit counts, and what lay ahead is ahead again', () => {
  const stamps = stampsOf('handle', [entry('T1', 'reported'), entry('T4', 'handling'), entry('T5', 'handled'), entry('T6', 'checking'), entry('T7', 'handling')])
  expect(stamps.map((stamp) => stamp.at)).toEqual(['T1', null, null, 'T7', null, null])
})

test('an event that ended outside the loop keeps the stamps it earned', () => {
  const stamps = stampsOf('ended', [entry('T1', 'reported'), entry('T2', 'verifying'), entry('T3', 'rejected')])
  expect(stamps.map((stamp) => stamp.status)).toEqual(['done', 'done', 'ahead', 'ahead', 'ahead', 'ahead'])
})
