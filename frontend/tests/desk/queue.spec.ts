import { describe, expect, test } from 'vitest'
import { entryOfAlert, entryOfEvent, isTurnOf, shortNumber } from '@/modules/desk/entries'
import { emptyQueue, everything, leave, matches, merge, neighbour, settle, waiting, type Sorting } from '@/modules/desk/queue'
import { alertRow, at, eventRow, NOW } from './rows'

const sorting: Sorting = { nowMs: NOW, seats: [{ role: 'dispatcher', unitId: null }], by: 'due' }
const settled = (...rows: ReturnType<typeof entryOfEvent>[]) => settle(merge(emptyQueue, rows, '10-0'), everything, sorting, null)

describe('order', () => {
  test('an unacknowledged red alert comes first, own lines next, then those over time, by the time that is left', () => {
    const queue = settled(
      entryOfEvent(eventRow({ id: 1, state: 'handling', due_at: at(90) })),
      entryOfEvent(eventRow({ id: 2, state: 'handling', due_at: at(-5) })),
      entryOfEvent(eventRow({ id: 3, state: 'filed', stage: 'verify', due_at: at(12) })),
      entryOfEvent(eventRow({ id: 4, state: 'filed', stage: 'verify', due_at: at(3) })),
      entryOfAlert(alertRow({ id: 5 })),
    )
    expect(queue.order).toEqual(['alert:5', 'event:4', 'event:3', 'event:2', 'event:1'])
  })

  test('an own line over time comes before own lines in time', () => {
    const queue = settled(
      entryOfEvent(eventRow({ id: 1, state: 'filed', due_at: at(1) })),
      entryOfEvent(eventRow({ id: 2, state: 'returned', due_at: at(-1) })),
    )
    expect(queue.order).toEqual(['event:2', 'event:1'])
  })

  test('a line without a limit comes last', () => {
    const queue = settled(entryOfEvent(eventRow({ id: 1, due_at: null })), entryOfEvent(eventRow({ id: 2, due_at: at(900) })))
    expect(queue.order).toEqual(['event:2', 'event:1'])
  })

  test('a change does not move the lines until they are settled', () => {
    const before = settled(entryOfEvent(eventRow({ id: 1, due_at: at(5) })), entryOfEvent(eventRow({ id: 2, due_at: at(10) })))
    const after = merge(before, [entryOfEvent(eventRow({ id: 2, version: 2, due_at: at(1) }))], '11-0')
    expect(after.order).toEqual(['event:1', 'event:2'])
    expect(settle(after, everything, sorting, null).order).toEqual(['event:2', 'event:1'])
  })

  test('new lines wait to be taken in', () => {
    const before = settled(entryOfEvent(eventRow({ id: 1 })))
    const after = merge(before, [entryOfEvent(eventRow({ id: 2 })), entryOfAlert(alertRow({ id: 3 }))], '11-0')
    expect(waiting(after, everything, sorting)).toEqual(['event:2', 'alert:3'])
    expect(waiting(settle(after, everything, sorting, null), everything, sorting)).toEqual([])
  })
})

describe('what is newer', () => {
  test('an older version never replaces a newer one', () => {
    const held = merge(emptyQueue, [entryOfEvent(eventRow({ version: 5, state: 'handled' }))], '20-0')
    const after = merge(held, [entryOfEvent(eventRow({ version: 4, state: 'handling' }))], '19-0')
    expect(after.entries.get('event:1')?.state).toBe('handled')
  })

  test('a page read before something left does not bring it back', () => {
    const held = leave(merge(emptyQueue, [entryOfEvent(eventRow())], '20-0'), 'event:1', '25-0')
    expect(merge(held, [entryOfEvent(eventRow())], '24-0').entries.size).toBe(0)
    expect(merge(held, [entryOfEvent(eventRow())], '26-0').entries.size).toBe(1)
  })

  test('a closed event leaves the queue, but stays while it is the one being read', () => {
    const queue = merge(emptyQueue, [entryOfEvent(eventRow({ state: 'closed', stage: 'evaluate' }))], '10-0')
    expect(settle(queue, everything, sorting, null).order).toEqual([])
    expect(settle(queue, everything, sorting, 'event:1').order).toEqual(['event:1'])
  })
})

describe('filters', () => {
  test('a street shows its own lines only', () => {
    const entry = entryOfEvent(eventRow())
    expect(matches(entry, { ...everything, street: 'city.district.s1' }, [])).toBe(true)
    expect(matches(entry, { ...everything, street: 'city.district.s2' }, [])).toBe(false)
  })

  test('a search looks at the number, the title and the place', () => {
    const entry = entryOfEvent(eventRow())
    expect(['0342', '井盖', '友谊路'].map((text) => matches(entry, { ...everything, text }, []))).toEqual([true, true, true])
    expect(matches(entry, { ...everything, text: '路灯' }, [])).toBe(false)
  })

  test('alerts are a stage of their own', () => {
    expect(matches(entryOfAlert(alertRow()), { ...everything, stage: 'alert' }, [])).toBe(true)
    expect(matches(entryOfEvent(eventRow()), { ...everything, stage: 'alert' }, [])).toBe(false)
    expect(matches(entryOfAlert(alertRow()), { ...everything, stage: 'handle' }, [])).toBe(false)
  })
})

describe('walking', () => {
  test('it stops at both ends and begins at the top', () => {
    const order = ['event:1', 'event:2'] as const
    expect([neighbour(order, null, 1), neighbour(order, 'event:1', 1), neighbour(order, 'event:2', 1), neighbour(order, 'event:1', -1)]).toEqual([
      'event:1', 'event:2', 'event:2', 'event:1',
    ])
    expect(neighbour([], null, 1)).toBeNull()
  })
})

test('a number is read out by its tail', () => {
  expect(['E1122-0342', '320105-20261122-000017', '17', null].map(shortNumber)).toEqual(['0342', '0017', '17', ''])
})

test('a filed event is the dispatcher’s turn and not the acceptor’s', () => {
  expect(isTurnOf({ kind: 'event', state: 'filed' }, [{ role: 'dispatcher', unitId: null }])).toBe(true)
  expect(isTurnOf({ kind: 'event', state: 'filed' }, [{ role: 'acceptor', unitId: null }])).toBe(false)
})

test('what the centre above owns is not the turn of a street’s own desk', () => {
  const street = [{ role: 'dispatcher' as const, unitId: 12 }]
  expect(isTurnOf({ kind: 'event', state: 'filed', ownerUnitId: 12 }, street)).toBe(true)
  expect(isTurnOf({ kind: 'event', state: 'filed', ownerUnitId: 1 }, street)).toBe(false)
})
