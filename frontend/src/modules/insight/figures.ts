/** How figures of the assessment are asked for and written. Pure. */
import type { Table } from '@/shared/export/table'
import { spokenDuration } from '@/shared/format'
import type { Assessment, AssessmentCell, Figure, Indicator, Running } from './calls'

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

/** A number with the name by which the server lists what it counts. */
export interface Counted { figure: Figure; label: string; count: number }

/** The numbers of the page 运行: of the whole period with the open ones by their age, or of one of its days. */
export function numbersOf(found: Running, day: string, t: (key: string) => string): Counted[] {
  const days = day === '' ? found.days : found.days.filter((one) => one.day === day)
  const sum = (of: (one: Running['days'][number]) => number): number => days.reduce((soFar, one) => soFar + of(one), 0)
  const numbers: Counted[] = [
    { figure: 'received', label: t('insight.series.received'), count: sum((one) => one.received) },
    { figure: 'closed', label: t('insight.series.closed'), count: sum((one) => one.closed) },
    { figure: 'on_time', label: t('insight.onTimeCount'), count: sum((one) => Math.round(one.closed * (one.on_time_rate ?? 0))) },
  ]
  if (day !== '') return numbers
  const open = found.ages.map((row): Counted => ({ figure: `open_${row.age}`, label: `${t('insight.series.open')} · ${t(`insight.age.${row.age}`)}`, count: row.open }))
  return [...numbers, { figure: 'open', label: t('insight.series.open'), count: open.reduce((soFar, one) => soFar + one.count, 0) }, ...open]
}
