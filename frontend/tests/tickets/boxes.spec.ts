import { expect, test } from 'vitest'
import type { OrderRow } from '@/api/types'
import { applyRow, boxOf, neighbourId } from '@/modules/tickets/boxes'

const row = (changes: Partial<OrderRow> = {}): OrderRow => ({
  id: 1, version: 1, event_id: 1, event_number: 'E20261122-0342', event_version: 1, event_state: 'dispatched', state: 'issued', role: 'lead', unit: { id: 7, name: '城市管理局' }, title: '井盖缺失',
  level: 3, area_label: '双桥街道 金虹社区', address: '', lng: 118.7, lat: 32, issued_at: '2026-11-22T06:00:00Z', due_at: null, due_kind: 'sign', light: 'green',
  photo_count: 0, rework: false, type_name: '井盖缺失', area_path: '', signed_at: null, done_at: null, due_started_at: null, note: '', result: '', ...changes,
})

test('a ticket lies in the box of its state, and in rework after a failed check', () => {
  expect([row(), row({ state: 'signed' }), row({ state: 'signed', rework: true }), row({ state: 'done' }), row({ state: 'done', event_state: 'closed' }), row({ state: 'withdrawn' })].map(boxOf)).toEqual([
    'to_sign', 'handling', 'rework', 'done', 'closed', null,
  ])
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
