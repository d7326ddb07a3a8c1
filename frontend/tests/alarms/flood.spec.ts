import { expect, test } from 'vitest'
import { linesOf, newAlarms, stepsOf, USUAL_RULES, type Groupable } from '@/modules/alarms/flood'

const NOW = Date.parse('2026-11-22T06:32:00Z')
const row = (id: number, changes: Partial<Groupable> = {}): Groupable => ({
  key: `alert:${id}`, kind: 'alert', open: true, streetPath: 's1', place: '望江街道 荷花社区', cause: '停电', level: 3, acknowledged: false, quiet: false, ...changes,
})
const options = { flood: true, expanded: new Set<string>(), selected: null, counts: new Map<string, number>() }

test('eleven new alarms in ten minutes are more than ten', () => {
  const since = (minutes: number): { kind: string; since: string } => ({ kind: 'alert', since: new Date(NOW - minutes * 60_000).toISOString() })
  expect(newAlarms([since(0), since(9), since(11), { ...since(1), kind: 'event' }], NOW, USUAL_RULES)).toBe(2)
})

test('without a flood every row is a line of its own', () => {
  expect(linesOf([row(1), row(2)], { ...options, flood: false }).map((line) => line.kind)).toEqual(['row', 'row'])
})

test('in a flood one place and cause is one line, where its first row stood', () => {
  const lines = linesOf([row(1, { cause: '闯入' }), row(2), row(3, { kind: 'event', key: 'event:3' }), row(4, { level: 1 }), row(5, { streetPath: 's2', place: '江滨街道' })], options)
  expect(lines.map((line) => (line.kind === 'group' ? `${line.group.place} ${line.group.cause} ${line.group.count} ${line.group.level}` : line.key))).toEqual(['alert:1', '望江街道 停电 2 1', 'event:3', 'alert:5'])
})

test('the server counts what the page has not read', () => {
  const [line] = linesOf([row(1), row(2)], { ...options, counts: new Map([['s1|停电', 47]]) })
  expect(line).toMatchObject({ kind: 'group', group: { count: 47, unseen: 2 } })
})

test('what is over or acknowledged does not flash in its group', () => {
  const [line] = linesOf([row(1, { acknowledged: true }), row(2, { quiet: true })], options)
  expect(line).toMatchObject({ group: { unseen: 0 } })
})

test('a folded group is one step of the arrow keys, an unfolded one as many as it has, and the line being read stays', () => {
  const rows = [row(1), row(2), row(3), row(9, { cause: '闯入' })]
  expect(stepsOf(linesOf(rows, options))).toEqual(['alert:1', 'alert:9'])
  expect(stepsOf(linesOf(rows, { ...options, selected: 'alert:2' }))).toEqual(['alert:2', 'alert:9'])
  expect(stepsOf(linesOf(rows, { ...options, expanded: new Set(['s1|停电']) }))).toEqual(['alert:1', 'alert:2', 'alert:3', 'alert:9'])
})
