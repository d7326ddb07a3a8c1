import { expect, test } from 'vitest'
import { acknowledgeable, alarmFigures, alarmsOf, alarmWord, nextSound, recoveredOf } from '@/modules/desk/alarm'
import { entryOfAlert, entryOfEvent } from '@/modules/desk/entries'
import { alertRow, at, eventRow, NOW } from './rows'

const alarm = (changes: Parameters<typeof alertRow>[0]) => entryOfAlert(alertRow(changes))

test('the alarm to answer is the highest, and of those the one that has waited longest', () => {
  const alarms = alarmsOf([
    alarm({ id: 1, level: 2, found_at: at(-9) }), alarm({ id: 2, level: 1, found_at: at(-1) }), alarm({ id: 3, level: 1, found_at: at(-2) }),
    alarm({ id: 4, level: 1, acknowledged_at: at(0) }), alarm({ id: 5, level: 1, state: 'dismissed' }), entryOfEvent(eventRow()),
  ])
  expect(alarms.map((entry) => entry.id)).toEqual([3, 2, 1])
})

const FRESH = { at: null, fresh: true }
const HEARD = { at: NOW, fresh: false }

test('what is over and nobody has seen neither flashes nor sounds, and stays to be acknowledged', () => {
  const over = alarm({ id: 7, recovered_at: at(0) })
  expect(alarmsOf([over])).toEqual([])
  expect(recoveredOf([over]).map((entry) => entry.id)).toEqual([7])
  expect(recoveredOf([alarm({ recovered_at: at(0), acknowledged_at: at(0) })])).toEqual([])
  expect(alarmWord(over)).toBe('recoveredUnseen')
})

test('what is shelved is neither an alarm nor counted', () => {
  const shelved = alarm({ shelved_until: at(30) })
  expect(alarmsOf([shelved])).toEqual([])
  expect(alarmFigures([shelved, alarm({ id: 2 }), alarm({ id: 3, recovered_at: at(0) })])).toEqual({ unseen: 1, recovered: 1, seen: 0, inHand: 0 })
  expect(alarmWord(shelved)).toBe('shelved')
})

test('only minor alarms that are on screen are acknowledged together', () => {
  const rows = [1, 2, 3, 4].map((level) => alarm({ id: level, level: level as 1 | 2 | 3 | 4 }))
  expect(acknowledgeable(rows, new Set(rows.map((row) => row.key))).map((row) => row.level)).toEqual([3, 4])
  expect(acknowledgeable(rows, new Set(['alert:4'])).map((row) => row.id)).toEqual([4])
  expect(acknowledgeable([alarm({ level: 4, shelved_until: at(9) })], new Set(['alert:1']))).toEqual([])
})

test('red repeats, yellow sounds once, blue never', () => {
  expect(nextSound([alarm({ level: 1 })], NOW, FRESH, 0)?.nextAt).toBe(NOW)
  expect(nextSound([alarm({ level: 1 })], NOW, HEARD, 0)?.nextAt).toBe(NOW + 3000)
  expect(nextSound([alarm({ level: 3 })], NOW, FRESH, 0)?.nextAt).toBe(NOW)
  expect(nextSound([alarm({ level: 3 })], NOW, HEARD, 0)).toBeNull()
  expect(nextSound([alarm({ level: 4 })], NOW, FRESH, 0)).toBeNull()
})

test('silence puts the sound off and does not answer the alarm', () => {
  expect(nextSound([alarm({ level: 1 })], NOW, FRESH, NOW + 60_000)?.nextAt).toBe(NOW + 60_000)
})

test('a flood sounds once a minute, also for what comes new', () => {
  const flood = [alarm({ level: 1 })]
  expect(nextSound(flood, NOW, HEARD, 0, 60)?.nextAt).toBe(NOW + 60_000)
  expect(nextSound(flood, NOW, { at: NOW, fresh: true }, 0, 60)?.nextAt).toBe(NOW + 60_000)
  expect(nextSound(flood, NOW, { at: NOW, fresh: true }, 0)?.nextAt).toBe(NOW)
  expect(nextSound([alarm({ level: 3 })], NOW, HEARD, 0, 60)).toBeNull()
})

test('nothing to answer makes no sound', () => {
  expect(nextSound([], NOW, FRESH, 0)).toBeNull()
})
