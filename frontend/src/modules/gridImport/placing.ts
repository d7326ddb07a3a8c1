/** What is said about how a file lies: pure. */
import type { Choices, ImportDetail, ImportLayer, ImportPlacings, MatchedRow, Placing, PlacingOffset } from './calls'

/** CGCS2000 and WGS-84 differ by centimetres: what holds for one holds for the other. */
const alike = (datum: string): string => (datum === 'wgs84' ? 'cgcs2000' : datum)

export const offsetOf = (placings: ImportPlacings | undefined, placing: Placing): PlacingOffset | undefined =>
  placings?.offsets.find((one) => one.projection === placing.projection && one.datum === alike(placing.datum) && one.swapped === placing.swapped)

/** The likelier assumption, where the chosen one puts the file clearly off and another clearly not. */
export function trapOf(placings: ImportPlacings | undefined, placing: Placing): PlacingOffset | null {
  const chosen = offsetOf(placings, placing)
  const likely = placings?.likely
  if (!placings || !likely) return null
  if (!chosen) return likely.median_m <= placings.trap_m ? likely : null
  return chosen.median_m > placings.trap_m && likely.median_m < chosen.median_m * 0.34 ? likely : null
}

/** What the page starts with: what was chosen before, else what the file itself speaks for. The datum is never assumed. */
export function startOf(detail: ImportDetail, layer: ImportLayer): Omit<Choices, 'datum'> & { datum: Choices['datum'] | '' } {
  const known = detail.state !== 'read'
  return {
    layer: layer.name,
    projection: known ? detail.projection : layer.projection || (layer.strips[0] ? `epsg:${layer.strips[0]}` : ''),
    datum: known ? (detail.datum as Choices['datum']) : '',
    swapped: known ? detail.swapped : layer.swapped,
    name_field: layer.fields.includes(detail.name_field) ? detail.name_field : '',
    code_field: layer.fields.includes(detail.code_field) ? detail.code_field : '',
  }
}

export const metres = (value: number): string => (value >= 1000 ? `${(value / 1000).toFixed(1)} km` : `${value < 10 ? value.toFixed(1) : Math.round(value)} m`)

export type Only = 'all' | 'blocked' | 'new' | 'changed'
export function shownRows(rows: readonly MatchedRow[], only: Only): MatchedRow[] {
  return rows.filter((row) => only === 'all' || (only === 'blocked' ? row.blocked : row.taken && (row.present !== null) === (only === 'changed')))
}
