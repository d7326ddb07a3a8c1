import { expect, test } from 'vitest'
import { current, othersAt, told, type Watching } from '@/modules/casework/presence'

const NOW = Date.parse('2026-11-22T06:32:00Z')
const viewer = (id: number, name: string, seconds: number) => ({ id, name, until: new Date(NOW + seconds * 1000).toISOString() })
const nobody: Watching = new Map()

test('the newest word about an event replaces the one before', () => {
  const one = told(nobody, { event_id: 342, people: [viewer(1, '张派遣', 12)] })
  const two = told(one, { event_id: 342, people: [viewer(2, '李受理', 12)] })
  expect(othersAt(two, 342, 9)).toEqual(['李受理'])
  expect(told(two, { event_id: 342, people: [] }).size).toBe(0)
})

test('a tab that died is forgotten when its time is over', () => {
  const watching = told(nobody, { event_id: 342, people: [viewer(1, '张派遣', 12), viewer(2, '李受理', 3)] })
  expect(othersAt(current(watching, NOW + 5000), 342, 9)).toEqual(['张派遣'])
  expect(current(watching, NOW + 13_000).size).toBe(0)
})

test('nothing is drawn anew while nobody leaves', () => {
  const watching = told(nobody, { event_id: 342, people: [viewer(1, '张派遣', 12)] })
  expect(current(watching, NOW)).toBe(watching)
})

test('oneself is no news', () => {
  const watching = told(nobody, { event_id: 342, people: [viewer(1, '张派遣', 12), viewer(2, '李受理', 12)] })
  expect(othersAt(watching, 342, 1)).toEqual(['李受理'])
  expect(othersAt(watching, 343, 1)).toEqual([])
})
