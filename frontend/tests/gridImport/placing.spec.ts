import { expect, test } from 'vitest'
import type { ImportDetail, ImportPlacings, MatchedRow, PlacingOffset } from '@/modules/gridImport/calls'
import { metres, offsetOf, shownRows, startOf, trapOf } from '@/modules/gridImport/placing'

const offset = (datum: PlacingOffset['datum'], median_m: number, swapped = false): PlacingOffset =>
  ({ projection: 'degrees', datum, swapped, median_m, east_m: 0, north_m: 0, compared: 4, by: 'names' })
const placings: ImportPlacings = { offsets: [offset('gcj02', 0.3), offset('cgcs2000', 523), offset('bd09', 640)], likely: offset('gcj02', 0.3), trap_m: 50, strips: [] }
const as = (datum: PlacingOffset['datum'], swapped = false) => ({ projection: 'degrees', datum, swapped })

test('a file half a kilometre off is traced to the datum it came in', () => {
  expect(trapOf(placings, as('cgcs2000'))?.datum).toBe('gcj02')
  expect(trapOf(placings, as('gcj02'))).toBeNull()
  expect(trapOf(undefined, as('cgcs2000'))).toBeNull()
})

test('WGS-84 lies where CGCS2000 lies', () => {
  expect(offsetOf(placings, as('wgs84'))?.median_m).toBe(523)
})

test('the datum of a new file is never assumed, what the file says of itself is', () => {
  const layer = { name: 'a', fields: ['名称'], samples: [], count: 1, areas: 1, names_system: false, system: '', extent: [0, 0, 0, 0], projection: '', strips: [4548, 4508], swapped: true, encoding: 'gb18030', encoding_said: false }
  const detail = { state: 'read', datum: '', name_field: '名称', code_field: '代码' } as unknown as ImportDetail
  expect(startOf(detail, layer)).toEqual({ layer: 'a', projection: 'epsg:4548', datum: '', swapped: true, name_field: '名称', code_field: '' })
})

test('rows are narrowed to what must be settled', () => {
  const row = (number: number, more: Partial<MatchedRow>) => ({ number, taken: true, blocked: false, present: null, ...more }) as MatchedRow
  const rows = [row(1, { blocked: true }), row(2, {}), row(3, { present: { id: 1, code: 'c', name: 'n' } }), row(4, { taken: false })]
  const numbers = (only: Parameters<typeof shownRows>[1]) => shownRows(rows, only).map((one) => one.number)
  expect([numbers('all'), numbers('blocked'), numbers('new'), numbers('changed')]).toEqual([[1, 2, 3, 4], [1], [1, 2], [3]])
})

test('distances are said in the unit that people would use', () => {
  expect([metres(0.34), metres(523.4), metres(1204)]).toEqual(['0.3 m', '523 m', '1.2 km'])
})
