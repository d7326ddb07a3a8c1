/** The person's exports as a value, and what answers and live updates do to them. Pure. */
import type { EventState } from '@/api/types'
import { isTurnOf, type Seat } from '@/modules/desk/entries'
import type { Filter, Sorting } from '@/modules/desk/queue'
import type { ExportKind, ExportRow, Filters } from './calls'

export const isWaiting = (row: Pick<ExportRow, 'state'>): boolean => row.state === 'queued' || row.state === 'running'

/** The row in its place, or in front; what is known already is not overwritten by something older. */
export function withRow(rows: readonly ExportRow[], row: ExportRow): ExportRow[] {
  const held = rows.find((one) => one.id === row.id)
  if (held === undefined) return [row, ...rows]
  return held.version >= row.version ? [...rows] : rows.map((one) => (one.id === row.id ? row : one))
}

/** A fetched list, with what the stream has told meanwhile. */
export const newest = (fetched: readonly ExportRow[], held: readonly ExportRow[]): ExportRow[] =>
  fetched.map((row) => held.find((one) => one.id === row.id && one.version > row.version) ?? row)

/** How much of the file is written, of 1; null while nobody has counted. Rows beyond the limit are not waited for. */
export function shareOf(row: Pick<ExportRow, 'total' | 'written' | 'most'>): number | null {
  if (row.total === null) return null
  const rows = Math.min(row.total, row.most)
  return rows === 0 ? 1 : Math.min(1, row.written / rows)
}

const AT_THE_DESK: readonly EventState[] = ['reported', 'verifying', 'filed', 'dispatched', 'returned', 'handling', 'suspended', 'handled', 'checking', 'checked']

/** What the desk shows, in the words of the lists: its events, or its open alerts where it shows those alone. */
export function deskExport(filter: Filter, by: Sorting['by'], seats: readonly Seat[]): { kind: ExportKind; filters: Filters | null } {
  if (filter.stage !== 'alert') return { kind: 'events', filters: deskFilters(filter, by, seats) }
  // The list of alerts knows no words: a file must not hold more than the screen.
  return { kind: 'alerts', filters: filter.text.trim() === '' ? { state: 'open', ...(filter.street === '' ? {} : { area: filter.street }) } : null }
}

/** The events of the desk; null where it shows none. */
export function deskFilters(filter: Filter, by: Sorting['by'], seats: readonly Seat[]): Filters | null {
  const turns = filter.mine ? AT_THE_DESK.filter((state) => isTurnOf({ kind: 'event', state }, seats)) : AT_THE_DESK
  if (filter.stage === 'alert' || turns.length === 0) return null
  const text = filter.text.trim()
  return {
    open: true, order: by, ...(filter.street === '' ? {} : { street: filter.street }), ...(filter.stage === '' ? {} : { stage: filter.stage }), ...(text === '' ? {} : { q: text }),
    ...(filter.mine ? { state: turns.join(',') } : {}),
  }
}
