import { expect, test } from 'vitest'
import { alarmFigures } from '@/modules/desk/alarm'
import { entryOfAlert, entryOfEvent, isUnsigned } from '@/modules/desk/entries'
import { queryOf, sameView, viewFrom } from '@/modules/desk/filters'
import { emptyQueue, everything, matches, merge, settle } from '@/modules/desk/queue'
import { at, alertRow, eventRow, NOW } from './rows'

test('filters stand in the address and come back from it', () => {
  const view = viewFrom({ street: 'c.d.s1', stage: 'handle', q: '井盖', mine: '1', by: 'newest', item: 'event:3' })
  expect(queryOf(view)).toEqual({ street: 'c.d.s1', stage: 'handle', q: '井盖', mine: '1', by: 'newest' })
  expect(sameView(view, viewFrom({ ...queryOf(view), item: 'event:4' }))).toBe(true)
})

test('an address somebody typed wrongly shows everything', () => {
  expect(viewFrom({ stage: 'nonsense', by: 'x', mine: 'yes' })).toEqual({ filter: everything, by: 'due' })
})

test('what the server found stays in the list although the words are not in its line', () => {
  const entry = entryOfEvent(eventRow())
  expect([matches(entry, { ...everything, text: '13800138000' }, []), matches(entry, { ...everything, text: '13800138000', hits: new Set([entry.key]) }, [])]).toEqual([false, true])
})

test('alarms are counted by what was done about them', () => {
  const entries = [
    entryOfAlert(alertRow()), entryOfAlert(alertRow({ id: 2, acknowledged_at: at(0) })), entryOfAlert(alertRow({ id: 3, state: 'dismissed' })), entryOfEvent(eventRow({ source: 'video' })), entryOfEvent(eventRow({ id: 2 })),
  ]
  expect(alarmFigures(entries)).toEqual({ unseen: 1, recovered: 0, seen: 1, inHand: 1 })
})

test('what was sent and not signed for in time comes back to the top of the dispatcher', () => {
  const late = entryOfEvent(eventRow({ id: 7, state: 'dispatched', stage: 'dispatch', due_at: at(-1), due_kind: 'sign' }))
  const own = entryOfEvent(eventRow({ id: 8, state: 'filed', stage: 'verify', due_at: at(9), due_kind: 'dispatch' }))
  const queue = merge(emptyQueue, [own, late], '1-0')
  expect(isUnsigned(late, NOW)).toBe(true)
  expect(settle(queue, everything, { nowMs: NOW, seats: [{ role: 'dispatcher', unitId: null }], by: 'due' }, null).order).toEqual(['event:7', 'event:8'])
  expect(settle(queue, everything, { nowMs: NOW, seats: [{ role: 'acceptor', unitId: null }], by: 'due' }, null).order).toEqual(['event:7', 'event:8'])
})

test('a case that is over is shown where it was looked for, after what is open, and nowhere else', () => {
  const rows = [
    entryOfEvent(eventRow({ id: 1, state: 'evaluated', due_at: at(-900), reported_at: at(-2000) })),
    entryOfEvent(eventRow({ id: 2, state: 'closed', due_at: at(-800), reported_at: at(-1000) })),
    entryOfEvent(eventRow({ id: 3, state: 'filed', due_at: at(9) })),
    entryOfEvent(eventRow({ id: 4, state: 'closed', due_at: at(-700), title: '13800138000' })),
  ]
  const queue = merge(emptyQueue, rows, '10-0')
  const hits = new Set(['event:1', 'event:2', 'event:3'] as const)
  const sorting = { nowMs: NOW, seats: [], by: 'due' as const }
  expect(settle(queue, { ...everything, text: '13800138000', hits }, sorting, null).order).toEqual(['event:3', 'event:2', 'event:1'])
  expect(settle(queue, { ...everything, hits }, sorting, null).order).toEqual(['event:3'])
})
