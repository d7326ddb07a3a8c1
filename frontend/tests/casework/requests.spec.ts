import { expect, test } from 'vitest'
import { centresBelow, plannedCoUnits } from '@/modules/casework/coHandling'
import { isOpenRequest, waitsFor } from '@/modules/casework/requests'
import { ticksOfOrder, ticksOfTask } from '@/modules/casework/ticks'
import type { OrgUnit, Progress } from '@/api/types'

const unit = { id: 7, name: '城市管理局' }

test('a request waits for the department of the handler, then for the post that grants its kind', () => {
  const asked = { state: 'requested', kind: 'extension', unit } as const
  expect([waitsFor(asked, ['department_desk'], [7]), waitsFor(asked, ['department_desk'], [8]), waitsFor(asked, ['dispatcher'], [])]).toEqual([true, false, false])
  const endorsed = (kind: 'extension' | 'force_close' | 'appeal') => ({ state: 'endorsed', kind, unit }) as const
  expect([waitsFor(endorsed('extension'), ['dispatcher'], []), waitsFor(endorsed('force_close'), ['dispatcher'], []), waitsFor(endorsed('force_close'), ['leader'], []), waitsFor(endorsed('appeal'), ['assessor'], [])]).toEqual([true, false, true, true])
  expect([isOpenRequest(asked), isOpenRequest({ state: 'granted' })]).toEqual([true, false])
})

test('the procedure names who helps, without the lead and those who hold a leg already', () => {
  const leg = (id: number | null, changes = {}) => ({ part: 'handling', unit: id === null ? null : { id, name: String(id) }, order_id: null, mandatory: true, ...changes })
  const progress = { legs: [leg(1, { part: 'lead' }), leg(2), leg(3, { mandatory: false }), leg(4, { order_id: 9 }), leg(null), leg(5)] } as unknown as Progress
  expect(plannedCoUnits(progress, 5)).toEqual([{ unit_id: 2, mandatory: true }, { unit_id: 3, mandatory: false }])
  expect(plannedCoUnits(null, null)).toEqual([])
})

test('a case is handed down to centres below the owner that answer for its place', () => {
  const centre = (id: number, area_path: string) => ({ id, area_path }) as OrgUnit
  const centres = [centre(1, 'c.d'), centre(2, 'c.d.s1'), centre(3, 'c.d.s2'), centre(4, 'c.d.s1.k'), centre(5, 'c')]
  expect(centresBelow(centres, 1, 'c.d.s1.k.g').map((one) => one.id)).toEqual([2, 4])
  expect(centresBelow(centres, 2, 'c.d.s1.k.g').map((one) => one.id)).toEqual([4])
})

test('the four ticks of a leg: who signs has got it, and the first on the spot has arrived', () => {
  const order = { issued_at: '2026-11-22T06:00:00Z', seen_at: null, signed_at: '2026-11-22T06:05:00Z', unit }
  const task = { kind: 'handle' as const, issued_at: '2026-11-22T06:06:00Z', arrived_at: '2026-11-22T06:20:00Z' }
  expect(ticksOfOrder(order, [task]).map(({ name, done }) => `${name}:${done}`)).toEqual(['submitted:true', 'delivered:true', 'signed:true', 'arrived:true'])
  expect(ticksOfOrder({ ...order, signed_at: null }, []).map(({ done }) => done)).toEqual([true, false, false, false])
})

test('a task that is done from a seat has no place to arrive at', () => {
  const task = { state: 'accepted' as const, issued_at: 'a', accepted_at: 'b', arrived_at: null, on_site: false }
  expect(ticksOfTask(task).map(({ name }) => name)).toEqual(['submitted', 'delivered', 'accepted'])
  expect(ticksOfTask({ ...task, on_site: true }).map(({ done }) => done)).toEqual([true, true, true, false])
})

test('more time for a leg waits for the desk of the helper, then for the dispatcher', () => {
  const asked = { state: 'requested', kind: 'leg_extension', unit } as const
  expect([waitsFor(asked, ['department_desk'], [7]), waitsFor({ ...asked, state: 'endorsed' }, ['dispatcher'], []), waitsFor({ ...asked, state: 'endorsed' }, ['department_desk'], [7])]).toEqual([true, true, false])
})
