import { expect, test } from 'vitest'
import type { AllowedMove } from '@/api/types'
import { fieldsOf, isImmediate, mainMove, missingFields, offeredMoves, payloadOf } from '@/modules/casework/moves'

const allowed = (move: string, changes: Partial<AllowedMove> = {}): AllowedMove => ({ move, label: move, needs: [], available: true, ...changes })

test('moves that are declared but not built, and moves of the system, are not offered', () => {
  const offered = offeredMoves([allowed('cancel'), allowed('merge', { available: false }), allowed('evaluate'), allowed('dispatch')])
  expect(offered.map((entry) => entry.move)).toEqual(['dispatch', 'cancel'])
})

test('the usual next step comes first and an unknown one last', () => {
  const offered = offeredMoves([allowed('cancel'), allowed('hand_over'), allowed('reject'), allowed('file')])
  expect(offered.map((entry) => entry.move)).toEqual(['file', 'reject', 'cancel', 'hand_over'])
})

test('an after-photo is required where the type asks for one', () => {
  const required = (afterPhoto: boolean) => fieldsOf(allowed('finish'), afterPhoto).filter((field) => field.required).map((field) => field.name)
  expect([required(true), required(false)]).toEqual([['note', 'attachment_ids'], ['note']])
})

test('a move that the page does not know is asked for by what the back end says it takes', () => {
  const fields = fieldsOf(allowed('hand_over', { needs: ['version', 'reason', 'unit_id', 'note'] }))
  expect(fields.map((field) => [field.name, field.kind, field.required])).toEqual([['reason', 'text', true], ['unit_id', 'unit', true], ['note', 'text', false]])
})

test('a move that leaves from several states is one button', () => {
  expect(offeredMoves([allowed('recall'), allowed('recall')])).toHaveLength(1)
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

test('taking something back is never the main thing to do', () => {
  expect(mainMove(offeredMoves([allowed('cancel'), allowed('dispatch')]))).toBe('dispatch')
  expect(mainMove(offeredMoves([allowed('recall')]))).toBeNull()
})

test('a contact with the citizen asks whether they were reached, and is never the main thing to do', () => {
  const needs = ['outcome', 'solved', 'satisfied', 'note']
  expect(fieldsOf(allowed('call_back', { needs })).map((field) => [field.name, field.kind, Boolean(field.required)])).toEqual([
    ['outcome', 'outcome', true], ['solved', 'answer', false], ['satisfied', 'answer', false], ['note', 'text', false],
  ])
  expect(payloadOf(fieldsOf(allowed('call_back', { needs })), { outcome: 'reached', solved: false, satisfied: true, note: '' })).toEqual({ outcome: 'reached', solved: false, satisfied: true })
  expect(mainMove(offeredMoves([allowed('contact_reporter'), allowed('file')]))).toBe('file')
})

test('more time for a leg is asked for its reason alone, and never the main step', () => {
  const entry = allowed('ask_leg_extension', { needs: ['order_id', 'reason'] })
  expect(fieldsOf(entry).map((field) => field.name)).toEqual(['reason'])
  expect(mainMove([entry])).toBeNull()
})

test('why there is no picture is asked where the type needs one and there is none, and nowhere else', () => {
  const file = allowed('file', { needs: ['condition_id', 'type_code', 'level', 'note', 'no_photo_reason'] })
  const names = (lacks: boolean) => fieldsOf(file, false, lacks).filter((field) => field.required).map((field) => field.name)
  expect([names(false), names(true)]).toEqual([['condition_id'], ['condition_id', 'no_photo_reason']])
  expect(fieldsOf(file).map((field) => field.name)).not.toContain('no_photo_reason')
})
