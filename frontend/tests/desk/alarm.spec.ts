import { expect, test } from 'vitest'
import { alarmsOf, nextSound } from '@/modules/desk/alarm'
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

test('red repeats, yellow sounds once, blue never', () => {
  expect(nextSound([alarm({ level: 1 })], NOW, null, 0)?.nextAt).toBe(NOW)
  expect(nextSound([alarm({ level: 1 })], NOW, NOW, 0)?.nextAt).toBe(NOW + 3000)
  expect(nextSound([alarm({ level: 3 })], NOW, null, 0)?.nextAt).toBe(NOW)
  expect(nextSound([alarm({ level: 3 })], NOW, NOW, 0)).toBeNull()
  expect(nextSound([alarm({ level: 4 })], NOW, null, 0)).toBeNull()
})

test('silence puts the sound off and does not answer the alarm', () => {
  expect(nextSound([alarm({ level: 1 })], NOW, null, NOW + 60_000)?.nextAt).toBe(NOW + 60_000)
})

test('a flood sounds once a minute', () => {
  const flood = Array.from({ length: 11 }, (_, id) => alarm({ id, level: 1, found_at: at(-1) }))
  expect(nextSound(flood, NOW, NOW, 0)?.nextAt).toBe(NOW + 60_000)
})

test('nothing to answer makes no sound', () => {
  expect(nextSound([], NOW, null, 0)).toBeNull()
})
