import { expect, test } from 'vitest'
import type { PrecisionRow, ZoneRow } from '@/modules/review/calls'
import { boundsOf, candidateOf, cellOf, columnsOf, hourOf, precisionTable, sizeOf } from '@/modules/review/quality'

const row = (changes: Partial<PrecisionRow> = {}): PrecisionRow => ({
  algorithm: 'water_fishing', algorithm_name: '疑似钓鱼', camera_id: 3, camera_name: '河堤', hour: 23, alerts: 12, waiting: 2,
  confirmed: 8, dismissed: 2, sample: 10, ratio: 0.8, lower: 0.4902, upper: 0.9433, ...changes,
})

test('a row names what it is grouped by', () => {
  expect(columnsOf('algorithm_hour').map((column) => cellOf(row(), column))).toEqual(['疑似钓鱼', '23:00–00:00'])
  expect(hourOf(7)).toBe('07:00–08:00')
})

test('bounds say how uncertain a share is, and a dash where nobody judged', () => {
  expect([boundsOf(row()), boundsOf(row({ lower: null, upper: null, ratio: null }))]).toEqual(['49–94%', '—'])
})

test('the file has the columns of the page and numbers as numbers', () => {
  const table = precisionTable([row()], 'pair', (word) => word.split('.').pop()!)
  expect(table.columns).toEqual(['algorithm', 'camera', 'alerts', 'waiting', 'confirmed', 'dismissed', 'ratio', 'lower', 'upper'])
  expect(table.rows).toEqual([['疑似钓鱼', '河堤', 12, 2, 8, 2, 0.8, 0.4902, 0.9433]])
})

test('a candidate is the zone but for what was changed, and takes nothing along that is not its own', () => {
  const zone = { id: 5, version: 2, name: '闸口', shape: 'area', polygon: [[0, 0]], algorithm: 'water_fishing', parameters: { seconds: 60 }, sensitivity: 'normal', night_by: 'sun', night_parameters: {}, schedule: { windows: [], light: 'any' }, ignore_still_after_seconds: null, cool_down_seconds: 5, enabled: true } as unknown as ZoneRow
  const changed = candidateOf(zone, { parameters: { seconds: 90 } })
  expect([changed.parameters, changed.cool_down_seconds, 'id' in changed, 'enabled' in changed]).toEqual([{ seconds: 90 }, 5, false, false])
})

test('sizes are told in the unit that suits them', () => {
  expect([sizeOf(640), sizeOf(48_200), sizeOf(12_300_000)]).toEqual(['640 B', '48.2 kB', '12.3 MB'])
})
