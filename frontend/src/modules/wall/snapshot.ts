/**
 * Live updates put onto the wall's snapshot at once, so that a change is seen within two seconds; the figures that
 * only the server can reckon follow with the next fetch. Pure.
 */
import type { AlertRow, CameraRow, EventRow, EventState, WallEvent, WallSnapshot } from '@/api/types'
import type { CameraStateUpdate, Changed, Gone } from '@/live'

const ENDED: readonly EventState[] = ['closed', 'evaluated', 'rejected', 'merged', 'cancelled']
const LONGEST_LIST = 20
const MOST_ON_MAP = 500

export const isOpen = (state: EventState): boolean => !ENDED.includes(state)
type Standing = Pick<AlertRow, 'state' | 'acknowledged_at' | 'recovered_at' | 'shelved_until'>
const nobodySaw = (alert: Standing): boolean => alert.state === 'open' && alert.acknowledged_at === null && alert.shelved_until === null
export const isUnacknowledged = (alert: Standing): boolean => nobodySaw(alert) && alert.recovered_at === null
/** 恢复未确认: over, and nobody has seen it. It neither flashes nor takes the camera. */
export const isRecoveredUnseen = (alert: Standing): boolean => nobodySaw(alert) && alert.recovered_at !== null
const isCounted = (alert: Standing): boolean => alert.state === 'open' && alert.shelved_until === null

/** What nobody has seen stands at the top, what is being handled at the end. */
const rank = (alert: AlertRow): number => (isUnacknowledged(alert) ? 0 : isRecoveredUnseen(alert) ? 1 : alert.state === 'open' ? 2 : 3)

/** Within each, by level, then the newest. */
export function byUrgency(a: AlertRow, b: AlertRow): number {
  return (
    rank(a) - rank(b) ||
    a.level - b.level ||
    Date.parse(b.found_at) - Date.parse(a.found_at)
  )
}

/** An alert stays on the wall while it is open and not put aside, or while the event it became may still be running. */
const isListed = (alert: AlertRow): boolean => isCounted(alert) || alert.state === 'confirmed'

export function withAlert(snapshot: WallSnapshot, update: Changed<AlertRow>): WallSnapshot {
  const { row } = update
  const held = snapshot.alerts.items.find((item) => item.id === row.id)
  if (held && held.version >= row.version) return snapshot
  if (!held && update.change !== 'raised') {
    // Beyond the end of the list: the figures come with the next fetch, only a new or still open row is shown early.
    if (!isCounted(row)) return snapshot
  }
  const rest = snapshot.alerts.items.filter((item) => item.id !== row.id)
  const items = [...rest, ...(isListed(row) ? [row] : [])].sort(byUrgency).slice(0, LONGEST_LIST)
  const counts = { ...snapshot.alerts.by_level }
  const count = (level: number, by: number): void => {
    counts[level] = Math.max(0, (counts[level] ?? 0) + by)
  }
  const isKnown = held !== undefined || update.change === 'raised'
  if (held && isCounted(held)) count(held.level, -1)
  if (isCounted(row) && isKnown) count(row.level, 1)
  const by = (test: (alert: Standing) => boolean): number => (isKnown ? Number(test(row)) : 0) - (held ? Number(test(held)) : 0)
  const unacknowledged = Math.max(0, snapshot.alerts.unacknowledged + by(isUnacknowledged))
  const recovered = Math.max(0, snapshot.alerts.recovered + by(isRecoveredUnseen))
  const shelved = Math.max(0, snapshot.alerts.shelved + by((alert) => alert.state === 'open' && alert.shelved_until !== null))
  return { ...snapshot, alerts: { ...snapshot.alerts, unacknowledged, recovered, shelved, by_level: counts, items } }
}

const onMap = (row: EventRow): WallEvent => ({
  id: row.id, version: row.version, level: row.level, lng: row.lng, lat: row.lat, state: row.state, title: row.title, area_label: row.area_label,
})

export function withEvent(snapshot: WallSnapshot, { row }: Changed<EventRow>): WallSnapshot {
  const held = snapshot.events.find((event) => event.id === row.id)
  if (held && held.version >= row.version) return snapshot
  const rest = snapshot.events.filter((event) => event.id !== row.id)
  const open = isOpen(row.state)
  const events = open ? [onMap(row), ...rest].slice(0, MOST_ON_MAP) : rest
  // A row this page never held may have been counted already: only what is known to enter or leave is counted.
  const by = (held ? -1 : 0) + (open && (held || row.version <= 1) ? 1 : 0)
  // Nobody says that an alert is over: it leaves the list with the event it became.
  const items = open ? snapshot.alerts.items : snapshot.alerts.items.filter((alert) => alert.event_id !== row.id)
  const alerts = items.length === snapshot.alerts.items.length ? snapshot.alerts : { ...snapshot.alerts, items }
  return { ...snapshot, alerts, events, kpis: { ...snapshot.kpis, open: Math.max(0, snapshot.kpis.open + by) } }
}

/** A camera without a still has none that may be shown: the old one goes too, as when part of it was hidden since. */
export function withCamera(snapshot: WallSnapshot, update: CameraStateUpdate): WallSnapshot {
  if (!snapshot.cameras.some((camera) => camera.id === update.id)) return snapshot
  const cameras = snapshot.cameras.map((camera): CameraRow =>
    camera.id === update.id
      ? {
          ...camera, still_url: update.still_at ? (camera.still_url ?? `/api/v1/cameras/${camera.id}/still.jpg`) : null, state: update.state, state_since: update.state_since, state_detail: update.detail,
          still_at: update.still_at, fps: update.fps,
        }
      : camera,
  )
  return { ...snapshot, cameras }
}

export function withoutGone(snapshot: WallSnapshot, gone: Gone): WallSnapshot {
  if (gone.kind === 'alert') {
    const items = snapshot.alerts.items.filter((item) => item.id !== gone.id)
    return items.length === snapshot.alerts.items.length ? snapshot : { ...snapshot, alerts: { ...snapshot.alerts, items } }
  }
  if (gone.kind === 'camera') return { ...snapshot, cameras: snapshot.cameras.filter((camera) => camera.id !== gone.id) }
  if (gone.kind === 'event') return { ...snapshot, events: snapshot.events.filter((event) => event.id !== gone.id) }
  return snapshot
}
