import { expect, test } from 'vitest'
import type { Responder } from '@/api/types'
import { isStale, nearestFree, uncovered, withPosition } from '@/modules/desk/forces'

const person = (changes: Partial<Responder>): Responder => ({
  id: 1, user_id: 1, name: '张红', kind: 'grid_worker', unit: { id: 1, name: '荷花社区' }, on_duty: true, busy_with: null, lng: 118.7, lat: 32, position_at: '2026-11-22T06:00:00Z',
  distance_m: 180, phone: '138****0001', ...changes,
})

test('the nearest who is on duty and free is ticked', () => {
  expect(nearestFree([person({ id: 1, busy_with: '井盖缺失' }), person({ id: 2, on_duty: false }), person({ id: 3 })])?.id).toBe(3)
  expect(nearestFree([person({ on_duty: false })])).toBeNull()
})

test('an older fix never moves a responder back', () => {
  const held = [person({})]
  expect(withPosition(held, { responder_id: 1, lng: 119, lat: 33, at: '2026-11-22T05:00:00Z' })[0]?.lng).toBe(118.7)
  expect(withPosition(held, { responder_id: 1, lng: 119, lat: 33, at: '2026-11-22T06:01:00Z' })[0]?.lng).toBe(119)
})

test('a fix is old after two minutes', () => {
  expect([119_000, 121_000].map((age) => isStale(person({}), Date.parse('2026-11-22T06:00:00Z') + age))).toEqual([false, true])
})

test('a name that would cover a nearer one is not drawn', () => {
  const box = (left: number) => ({ left, top: 0, width: 10, height: 10 })
  expect(uncovered([box(0), box(5), box(10), box(12)])).toEqual([true, false, true, false])
})
