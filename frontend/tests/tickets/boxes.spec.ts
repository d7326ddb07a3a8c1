import { expect, test } from 'vitest'
import type { OrderRow } from '@/api/types'
import { applyRow, boxesOf, neighbourId, withWords } from '@/modules/tickets/boxes'

const row = (changes: Partial<OrderRow> = {}): OrderRow => ({
  id: 1, version: 1, event_id: 1, event_number: 'E20261122-0342', event_version: 1, event_state: 'dispatched', state: 'issued', role: 'lead', unit: { id: 7, name: '城市管理局' }, title: '井盖缺失',
  level: 3, area_label: '双桥街道 金虹社区', address: '', lng: 118.7, lat: 32, issued_at: '2026-11-22T06:00:00Z', due_at: null, due_kind: 'sign', light: 'green',
  photo_count: 0, rework: false, type_name: '井盖缺失', area_path: '', signed_at: null, done_at: null, due_started_at: null, note: '', result: '', mandatory: true, run: 1, assignee: null, seen_at: null, reply_due_at: null, returned_at: null,
  return_reason: '', proposed_unit: null, waive_reason: '', ...changes,
})

test('a ticket lies in the box of its state, and in rework after a failed check', () => {
  expect([row(), row({ state: 'signed' }), row({ state: 'assigned', rework: true }), row({ state: 'done' }), row({ state: 'done', event_state: 'closed' }), row({ state: 'withdrawn' })].map(boxesOf)).toEqual([
    ['to_sign'], ['handling'], ['rework'], ['done'], ['closed'], [],
  ])
})

test('helping and suspended tickets lie apart, and what owes a reply lies in that box as well', () => {
  expect([row({ state: 'signed', role: 'co' }), row({ state: 'signed', event_state: 'suspended' }), row({ state: 'signed', reply_due_at: '2026-11-22T08:00:00Z' })].map(boxesOf)).toEqual([['co'], ['suspended'], ['handling', 'replies']])
})

test('whether something was asked is not told by a row: that box is fetched', () => {
  expect(applyRow([row()], row({ version: 2, state: 'signed' }), 'asking')).toMatchObject({ rows: [{ version: 2 }], missing: true })
})

test('a list is narrowed by number, title or place', () => {
  expect(withWords([row(), row({ id: 2, title: '占道经营', area_label: '望江街道' })], ' 望江 ').map((one) => one.id)).toEqual([2])
  expect(withWords([row(), row({ id: 2 })], '').map((one) => one.id)).toEqual([1, 2])
})

test('a signed ticket leaves the box of those to sign', () => {
  expect(applyRow([row()], row({ version: 2, state: 'signed' }), 'to_sign')).toEqual({ rows: [], missing: false })
})

test('a ticket that belongs here and is not held must be fetched', () => {
  expect(applyRow([], row(), 'to_sign').missing).toBe(true)
  expect(applyRow([], row({ state: 'done' }), 'to_sign').missing).toBe(false)
})

test('an older version changes nothing', () => {
  const held = [row({ version: 3 })]
  expect(applyRow(held, row({ version: 2, state: 'signed' }), 'to_sign').rows).toEqual(held)
})

test('a change is shown in place', () => {
  expect(applyRow([row({ id: 9 }), row()], row({ version: 2, photo_count: 2 }), 'to_sign').rows.map((one) => [one.id, one.photo_count])).toEqual([[9, 0], [1, 2]])
})

test('walking the list stops at its ends', () => {
  const rows = [row({ id: 4 }), row({ id: 5 })]
  expect([neighbourId(rows, null, 1), neighbourId(rows, 5, 1), neighbourId(rows, 4, -1), neighbourId([], 4, 1)]).toEqual([4, 5, 4, null])
})
