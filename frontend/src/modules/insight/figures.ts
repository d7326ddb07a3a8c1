/** How figures of the assessment are asked for and written. Pure. */
import type { Table } from '@/shared/export/table'
import { spokenDuration } from '@/shared/format'
import type { Assessment, AssessmentCell, Indicator } from './calls'

export const SUBJECTS = ['area', 'department', 'acceptor', 'dispatcher', 'checker', 'collector'] as const
export type Subject = (typeof SUBJECTS)[number]
/** How people did is shown to those who judge them. */
export const OF_PEOPLE: readonly Subject[] = ['acceptor', 'dispatcher', 'checker', 'collector']
export const JUDGES = ['assessor', 'leader', 'duty_chief'] as const
export const SPANS = [1, 7, 30, 90] as const

export interface Days { first: string; last: string }

const DAY = 86_400_000
const inCity = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' })

/** The last `days` days of the city, today included. */
export const lastDays = (days: number, nowMs: number): Days => ({ first: inCity.format(nowMs - (days - 1) * DAY), last: inCity.format(nowMs) })

export const spanOf = ({ first, last }: Days): number => Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1
export const isPeriod = (days: Days): boolean => spanOf(days) >= 1 && spanOf(days) <= 366

/** A figure as people read it; nothing to divide by is no data, which is not zero. */
export function written(value: number | null, unit: Indicator['unit'], none: string, locale: string): string {
  if (value === null) return none
  if (unit === 'share') return `${(value * 100).toFixed(1)}%`
  if (unit === 'minutes') return spokenDuration(Math.round(value) * 60, locale)
  return String(value)
}

/** Better or worse than before; none where one of the two has no data, or nothing changed. */
export function turn(cell: AssessmentCell, better: boolean): 'better' | 'worse' | null {
  if (cell.value === null || cell.before === null || cell.value === cell.before) return null
  return cell.value > cell.before === better ? 'better' : 'worse'
}

export function tableOf(found: Assessment, english: boolean, whole: string): Table {
  const lines = [...found.rows.map((row) => ({ name: row.name, cells: row.cells })), { name: whole, cells: found.whole }]
  return {
    columns: ['', ...found.indicators.map((one) => (english ? one.name_en : one.name))],
    rows: lines.map(({ name, cells }) => [name, ...found.indicators.map((one) => cells[one.code]?.value ?? null)]),
  }
}

/** The more often the same thing comes back, the stronger its mark on the map. */
export const levelOfCount = (count: number): 1 | 2 | 3 | 4 => (count >= 10 ? 1 : count >= 6 ? 2 : count >= 4 ? 3 : 4)

/** The south-west and north-east corners around all places; null where there is none. */
export function cornersOf(places: readonly { lng: number; lat: number }[]): [[number, number], [number, number]] | null {
  if (places.length === 0) return null
  const [lngs, lats] = [places.map((one) => one.lng), places.map((one) => one.lat)]
  return [[Math.min(...lngs), Math.min(...lats)], [Math.max(...lngs), Math.max(...lats)]]
}
