/** Figures of how right cameras were, as a table to take away, and the zone that a form makes of another. Pure. */
import type { Table } from '@/shared/export/table'
import { fullMoment, percent } from '@/shared/format'
import type { Candidate, Grouping, PrecisionFigure, PrecisionRow, ReplayResult, ZoneRow } from './calls'

export const GROUPINGS: readonly Grouping[] = ['pair', 'algorithm', 'camera', 'hour', 'algorithm_hour']
export const DAYS = [7, 30, 90, 365] as const

type Words = (key: string) => string

export const columnsOf = (by: Grouping): ('algorithm' | 'camera' | 'hour')[] =>
  ({ pair: ['algorithm', 'camera'], algorithm: ['algorithm'], camera: ['camera'], hour: ['hour'], algorithm_hour: ['algorithm', 'hour'] } as const)[by].slice()

export const hourOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00–${String((hour + 1) % 24).padStart(2, '0')}:00`

export function cellOf(row: PrecisionRow, column: 'algorithm' | 'camera' | 'hour'): string {
  if (column === 'algorithm') return row.algorithm_name
  if (column === 'camera') return row.camera_name || String(row.camera_id ?? '—')
  return row.hour === null ? '—' : hourOf(row.hour)
}

/** What is wide is uncertain: 95 % of the time the true share lies in it. */
export const boundsOf = (figure: PrecisionFigure): string => (figure.lower === null ? '—' : `${percent(figure.lower, 0)}–${percent(figure.upper, 0)}%`)

export function precisionTable(rows: readonly PrecisionRow[], by: Grouping, word: Words): Table {
  const columns = columnsOf(by)
  const share = (value: number | null): number | null => value
  return {
    columns: [...columns.map((one) => word(`review.column.${one}`)), ...['alerts', 'waiting', 'confirmed', 'dismissed', 'ratio', 'lower', 'upper'].map((one) => word(`review.column.${one}`))],
    rows: rows.map((row) => [...columns.map((one) => cellOf(row, one)), row.alerts, row.waiting, row.confirmed, row.dismissed, share(row.ratio), share(row.lower), share(row.upper)]),
  }
}

/** The fields of a zone that a replay or a trial may differ in. */
export function candidateOf(zone: ZoneRow, changes: Candidate = {}): Candidate {
  const { shape, polygon, algorithm, parameters, sensitivity, night_by, night_parameters, schedule, ignore_still_after_seconds, cool_down_seconds } = zone
  return { shape, polygon, algorithm, parameters, sensitivity, night_by, night_parameters, schedule, ignore_still_after_seconds, cool_down_seconds, ...changes } as Candidate
}

/** Bytes in words of their size. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

export function replayTable(result: ReplayResult, word: Words): Table {
  return {
    columns: [word('review.column.what'), word('review.column.moment'), word('review.column.alert'), word('review.column.verdict')],
    rows: [
      ...result.lost_items.map((one) => [word('review.replay.lost'), fullMoment(one.began_at), one.alert_id, word(`review.verdict.${one.verdict}`)]),
      ...result.new_items.map((one) => [word('review.replay.new'), fullMoment(one.began_at), null, word(one.as_now ? 'review.replay.asNow' : 'review.verdict.none')]),
    ],
  }
}
