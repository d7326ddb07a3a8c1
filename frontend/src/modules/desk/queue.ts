/**
 * The queue of the desk as a value, and what fetched pages and live updates do to it. Two rules are kept here:
 * an older version never replaces a newer one, and the order on screen changes only when `settle` is called, so that
 * no line moves away from under a pointer.
 */
import { comparePositions } from '@/live/protocol'
import type { Stage } from '@/api/types'
import { isTurnOf, isUnsigned, type EntryKey, type QueueEntry, type Seat } from './entries'

export interface QueueState {
  entries: ReadonlyMap<EntryKey, QueueEntry>
  /** The lines on screen, top to bottom. */
  order: readonly EntryKey[]
  /** What left this person's sight, and where in the stream: an older page must not bring it back. */
  gone: ReadonlyMap<EntryKey, string>
}

export const emptyQueue: QueueState = { entries: new Map(), order: [], gone: new Map() }

/** Takes rows in. `asOf` is where the stream stood when they were read. */
export function merge(queue: QueueState, rows: readonly QueueEntry[], asOf: string): QueueState {
  const entries = new Map(queue.entries)
  const gone = new Map(queue.gone)
  for (const row of rows) {
    const left = gone.get(row.key)
    if (left !== undefined && comparePositions(asOf, left) <= 0) continue
    gone.delete(row.key)
    const held = entries.get(row.key)
    if (held === undefined || held.version <= row.version) entries.set(row.key, row)
  }
  return { ...queue, entries, gone }
}

export function leave(queue: QueueState, key: EntryKey, position: string): QueueState {
  const entries = new Map(queue.entries)
  entries.delete(key)
  return { entries, order: queue.order.filter((one) => one !== key), gone: new Map(queue.gone).set(key, position) }
}

/** Starts from nothing, as when the filters change or the stream was reset; what is gone stays gone. */
export const restart = (queue: QueueState): QueueState => ({ ...emptyQueue, gone: queue.gone })

export interface Sorting { nowMs: number; seats: readonly Seat[]; by: 'due' | 'newest' }

/** What nobody has seen comes first, then one's own lines, over time before in time, then those of others in the same way. */
function rank(entry: QueueEntry, { nowMs, seats }: Sorting): number {
  if (!entry.acknowledged && !entry.quiet && entry.level <= 2) return 0
  // Not signed for in time is the sender's again.
  if (isUnsigned(entry, nowMs) && seats.some((seat) => seat.role === 'dispatcher')) return 1
  const inTime = entry.dueAt === null || Date.parse(entry.dueAt) >= nowMs ? 1 : 0
  return (isTurnOf(entry, seats) ? 1 : 3) + inTime
}

export function compareEntries(a: QueueEntry, b: QueueEntry, sorting: Sorting): number {
  if (sorting.by === 'newest') return Date.parse(b.since) - Date.parse(a.since) || b.id - a.id
  const byRank = rank(a, sorting) - rank(b, sorting)
  if (byRank !== 0) return byRank
  if (!a.acknowledged && !b.acknowledged && a.quiet === b.quiet && a.level !== b.level) return a.level - b.level
  const due = (entry: QueueEntry): number => (entry.dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(entry.dueAt))
  return due(a) - due(b) || a.level - b.level || Date.parse(a.since) - Date.parse(b.since) || a.id - b.id
}

/** Alerts are a stage of their own at the desk: what machines found and nobody has judged. */
export interface Filter {
  street: string
  stage: Stage | 'alert' | ''
  text: string
  mine: boolean
  /** What the server found for the text: it also knows telephone numbers and the words of reports. */
  hits?: ReadonlySet<EntryKey>
}
export const everything: Filter = { street: '', stage: '', text: '', mine: false }

export function matches(entry: QueueEntry, filter: Filter, seats: readonly Seat[]): boolean {
  if (filter.street !== '' && entry.streetPath !== filter.street && !entry.areaPath.startsWith(`${filter.street}.`)) return false
  if (filter.stage === 'alert' ? entry.kind !== 'alert' : filter.stage !== '' && (entry.kind !== 'event' || entry.stage !== filter.stage)) return false
  if (filter.mine && !isTurnOf(entry, seats)) return false
  const text = filter.text.trim().toLowerCase()
  return text === '' || (filter.hits?.has(entry.key) ?? false) || `${entry.number ?? ''} ${entry.title} ${entry.place}`.toLowerCase().includes(text)
}

/** Somebody calls about a case of last month: what is over is shown where it was looked for, and found by the server. */
const isFound = (entry: QueueEntry, filter: Filter): boolean => !entry.open && filter.text.trim() !== '' && (filter.hits?.has(entry.key) ?? false)

const belongs = (entry: QueueEntry, filter: Filter, sorting: Sorting, keep: EntryKey | null): boolean =>
  entry.key === keep || ((entry.open || isFound(entry, filter)) && !entry.shelved && matches(entry, filter, sorting.seats))

/** Puts every line in its place. `keep` is the selected line: it stays to be read even when it is over. What is over and was looked for comes last, the newest first. */
export function settle(queue: QueueState, filter: Filter, sorting: Sorting, keep: EntryKey | null): QueueState {
  const shown = [...queue.entries.values()].filter((entry) => belongs(entry, filter, sorting, keep))
  const over = (entry: QueueEntry): boolean => entry.key !== keep && isFound(entry, filter)
  const compared = (a: QueueEntry, b: QueueEntry): number => Number(over(a)) - Number(over(b)) || compareEntries(a, b, over(a) ? { ...sorting, by: 'newest' } : sorting)
  return { ...queue, order: shown.sort(compared).map((entry) => entry.key) }
}

/** Lines that came in while the order was held: they wait behind "3 条新事件". */
export function waiting(queue: QueueState, filter: Filter, sorting: Sorting): EntryKey[] {
  const shown = new Set(queue.order)
  return [...queue.entries.values()]
    .filter((entry) => !shown.has(entry.key) && belongs(entry, filter, sorting, null))
    .map((entry) => entry.key)
}

/** The line `by` steps away, stopping at the ends; the first line when nothing is selected. */
export function neighbour(order: readonly EntryKey[], selected: EntryKey | null, by: 1 | -1): EntryKey | null {
  if (order.length === 0) return null
  const at = selected === null ? -1 : order.indexOf(selected)
  if (at < 0) return order[0]!
  return order[Math.min(order.length - 1, Math.max(0, at + by))]!
}
