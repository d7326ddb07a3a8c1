import { expect, test } from 'vitest'
import type { AllowedMove } from '@/api/types'
import { fieldsOf, isImmediate, missingFields, offeredMoves, payloadOf } from '@/modules/casework/moves'

const allowed = (move: string, changes: Partial<AllowedMove> = {}): AllowedMove => ({ move, label: move, needs: [], available: true, ...changes })

test('moves that are declared but not built, and moves of the system, are not offered', () => {
  const offered = offeredMoves([allowed('cancel'), allowed('merge', { available: false }), allowed('evaluate'), allowed('dispatch')])
  expect(offered.map((entry) => entry.move)).toEqual(['dispatch', 'cancel'])
})

test('the usual next step comes first and an unknown one last', () => {
  const offered = offeredMoves([allowed('cancel'), allowed('hand_over'), allowed('reject'), allowed('file')])
  expect(offered.map((entry) => entry.move)).toEqual(['file', 'reject', 'cancel', 'hand_over'])
})

test('what the back end needs is required, also where the page does not know the move', () => {
  expect(fieldsOf(allowed('finish', { needs: ['note', 'attachment_ids'] })).filter((field) => field.required).map((field) => field.name)).toEqual(['note', 'attachment_ids'])
  expect(fieldsOf(allowed('hand_over', { needs: ['version', 'reason'] })).map((field) => field.name)).toEqual(['reason'])
})

test('a form says what is still missing and sends only what was filled in', () => {
  const fields = fieldsOf(allowed('file'))
  expect(missingFields(fields, { condition_id: null, note: ' ' })).toEqual(['condition_id'])
  expect(missingFields(fields, { condition_id: 7 })).toEqual([])
  expect(payloadOf(fields, { condition_id: 7, note: '  现场属实 ', level: null, type_code: '', other: 1 })).toEqual({ condition_id: 7, note: '现场属实' })
})

test('a finding of “not so” is an answer and not a blank', () => {
  const fields = fieldsOf(allowed('report_verification'))
  expect(missingFields(fields, { finding: false, note: '查无此事' })).toEqual([])
  expect(payloadOf(fields, { finding: false, note: '查无此事' })).toEqual({ finding: false, note: '查无此事' })
})

test('signing needs no form', () => {
  expect(isImmediate(allowed('sign'))).toBe(true)
  expect(isImmediate(allowed('cancel'))).toBe(false)
})
