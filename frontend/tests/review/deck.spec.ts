import { describe, expect, test } from 'vitest'
import { commandOf, due, HOLD_MS, next, open, undoable, type Waiting } from '@/modules/review/deck'
import { alert, card, NOW } from './cards'

const waits = (id: number, changes: Partial<Waiting> = {}): Waiting => ({ key: `k${id}`, card: card(id), verdict: 'confirm', reason: undefined, sendAt: NOW + HOLD_MS, state: 'waiting', ...changes })
const key = (code: string, changes: object = {}): Parameters<typeof commandOf>[0] => ({ code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, ...changes })
const ids = (cards: ReturnType<typeof open>): number[] => cards.map((one) => one.alerts[0]!.id)

describe('the order of cards', () => {
  test('what waits to leave and what has left is not shown again', () => {
    expect(ids(open([card(1), card(2), card(3)], [waits(1)], new Set([2]), new Set()))).toEqual([3])
  })
  test('a burst of which one alert is left is shown', () => {
    expect(open([card(1, { alerts: [alert(1), alert(2)] })], [], new Set([1]), new Set())).toHaveLength(1)
  })
  test('what was skipped comes last', () => {
    expect(ids(open([card(1), card(2)], [], new Set(), new Set([card(1).key])))).toEqual([2, 1])
  })
  test('what one may not judge is not in the deck', () => {
    expect(open([card(1, { may_judge: false })], [], new Set(), new Set())).toEqual([])
  })
  test('the next card is one that nobody else looks at', () => {
    expect(next([card(1, { held_by: ['李四'] }), card(2)], null)?.alerts[0]?.id).toBe(2)
    expect(next([card(1, { held_by: ['李四'] })], null)?.alerts[0]?.id).toBe(1)
    expect(next([], null)).toBeNull()
  })
  test('what a colleague has is shown before what was skipped', () => {
    expect(next([card(1, { held_by: ['李四'] }), card(2)], null, new Set([card(2).key]))?.alerts[0]?.id).toBe(1)
  })
  test('the card that is shown stays, whatever comes in before it', () => {
    expect(next([card(9, { level: 1 }), card(1)], card(1).key)?.alerts[0]?.id).toBe(1)
  })
})

describe('taking back', () => {
  test('ten seconds after a judgement it leaves, and U reaches it until then', () => {
    const one = waits(1)
    expect([due([one], NOW + HOLD_MS - 1), due([one], NOW + HOLD_MS)]).toEqual([[], [one]])
    expect([undoable([one], NOW + HOLD_MS - 1), undoable([one], NOW + HOLD_MS)]).toEqual([one, null])
  })
  test('the last judgement is taken back first, and none that is on its way', () => {
    expect(undoable([waits(1), waits(2), waits(3, { state: 'sending' })], NOW)?.key).toBe('k2')
  })
})

describe('keys', () => {
  test('each answer has one key', () => {
    expect(['KeyY', 'KeyN', 'KeyU', 'KeyS', 'KeyC', 'Digit3'].map((code) => commandOf(key(code), 6))).toEqual([
      { do: 'confirm' }, { do: 'dismiss', reason: 0 }, { do: 'undo' }, { do: 'skip' }, { do: 'clip' }, { do: 'dismiss', reason: 2 },
    ])
  })
  test('a reason that does not exist, a held key and a shortcut of the browser are nothing', () => {
    expect([commandOf(key('Digit9'), 6), commandOf(key('KeyY', { repeat: true }), 6), commandOf(key('KeyN', { ctrlKey: true }), 6), commandOf(key('KeyQ'), 6)]).toEqual([null, null, null, null])
  })
})
