/** One line of the queue, whether an alert waits for a person's eyes or an event for its next step. */
import type { AlertRow, EventRow, EventState, Level, Role, Stage } from '@/api/types'

export type EntryKind = 'alert' | 'event'
export type EntryKey = `${EntryKind}:${number}`

export interface QueueEntry {
  key: EntryKey
  kind: EntryKind
  id: number
  version: number
  level: Level
  number: string | null
  title: string
  place: string
  areaPath: string
  streetPath: string | null
  source: string
  since: string
  state: string
  stage: Stage
  dueAt: string | null
  dueStartedAt: string | null
  dueKind: string | null
  /** What it is about, as floods are put together: the name of its type. */
  cause: string
  /** Someone has seen it; always true of events. */
  acknowledged: boolean
  /** Its source said that it is over. */
  recovered: boolean
  /** Put aside for a time. */
  shelved: boolean
  /** It neither flashes nor sounds: over, or put aside. */
  quiet: boolean
  /** Who at the centre said that it is theirs. */
  takenBy: string | null
  supervision: EventRow['flags']['supervision']
  urges: number
  /** The centre whose seats take the next step; null of alerts, which any centre above may judge. */
  ownerUnitId: number | null
  /** Still waits for somebody; what is over leaves the queue. */
  open: boolean
  lng: number
  lat: number
}

export const keyOf = (kind: EntryKind, id: number): EntryKey => `${kind}:${id}`

export function keyFrom(text: unknown): EntryKey | null {
  return typeof text === 'string' && /^(alert|event):\d+$/.test(text) ? (text as EntryKey) : null
}

export function entryOfAlert(row: AlertRow): QueueEntry {
  return {
    key: keyOf('alert', row.id), kind: 'alert', id: row.id, version: row.version, level: row.level, number: null, title: row.title,
    place: row.area_label, areaPath: row.area_path, streetPath: row.street_path, source: row.source, since: row.found_at, state: row.state,
    stage: 'discover', dueAt: row.due_at, dueStartedAt: row.found_at, dueKind: 'verify', cause: row.type_name, acknowledged: row.acknowledged_at !== null,
    recovered: row.recovered_at !== null, shelved: row.shelved_until !== null, quiet: row.recovered_at !== null || row.shelved_until !== null, takenBy: null, supervision: '', urges: 0, ownerUnitId: null,
    open: row.state === 'open', lng: row.lng, lat: row.lat,
  }
}

/** An event that is closed waits for nobody at the desk, though citizens may still rate it. */
const OVER: ReadonlySet<EventState> = new Set(['closed', 'evaluated', 'rejected', 'merged', 'cancelled'])

export function entryOfEvent(row: EventRow): QueueEntry {
  return {
    key: keyOf('event', row.id), kind: 'event', id: row.id, version: row.version, level: row.level, number: row.number, title: row.title,
    place: row.address && !row.address.startsWith(row.area_label) ? `${row.area_label} ${row.address}` : row.address || row.area_label,
    areaPath: row.area_path, streetPath: row.street_path, source: row.source, since: row.reported_at, state: row.state, stage: row.stage,
    dueAt: row.due_at, dueStartedAt: row.due_started_at, dueKind: row.due_kind, cause: row.type_name, acknowledged: true, recovered: false, shelved: false, quiet: false, takenBy: row.taken_by?.name ?? null,
    supervision: row.flags.supervision, urges: row.flags.urge_count, ownerUnitId: row.owner_unit_id, open: !OVER.has(row.state),
    lng: row.lng, lat: row.lat,
  }
}

/** The part of a number that is read out: `20261122-000342` is 0342. The whole number stands where the event is read. */
export function shortNumber(number: string | null): string {
  return number === null ? '' : (number.split('-').at(-1) ?? number).slice(-4)
}

const TURN: Readonly<Record<string, readonly Role[]>> = {
  'alert.open': ['acceptor', 'dispatcher', 'wall_operator', 'duty_chief'],
  reported: ['acceptor'],
  filed: ['dispatcher'],
  returned: ['dispatcher', 'duty_chief'],
  handled: ['acceptor', 'dispatcher'],
  checked: ['acceptor'],
}

/** Found by a machine and being worked on: the alarm bar counts it as being handled. */
const MACHINES: ReadonlySet<string> = new Set(['video', 'sensor', 'data'])
export const isAlarmInHand = (entry: Pick<QueueEntry, 'kind' | 'open' | 'source'>): boolean => entry.kind === 'event' && entry.open && MACHINES.has(entry.source)

/** Sent and not signed for in time: it comes back to whoever sent it. While a case waits for its signature the row shows that clock. */
export const isUnsigned = (entry: Pick<QueueEntry, 'kind' | 'open' | 'state' | 'dueAt' | 'dueKind'>, nowMs: number): boolean =>
  entry.kind === 'event' && entry.open && entry.state === 'dispatched' && entry.dueKind === 'sign' && entry.dueAt !== null && Date.parse(entry.dueAt) < nowMs

/** A role and the unit where it is held; a role without a unit counts at every centre. */
export interface Seat { role: Role; unitId: number | null }

/** Whether the next step is one that somebody at these seats makes: their own lines come first. Seats move what their own centre owns. */
export function isTurnOf(entry: Pick<QueueEntry, 'kind' | 'state'> & { ownerUnitId?: number | null }, seats: readonly Seat[]): boolean {
  const wanted = TURN[entry.kind === 'alert' ? `alert.${entry.state}` : entry.state] ?? []
  const owner = entry.ownerUnitId ?? null
  return seats.some((seat) => wanted.includes(seat.role) && (owner === null || seat.unitId === null || seat.unitId === owner))
}
