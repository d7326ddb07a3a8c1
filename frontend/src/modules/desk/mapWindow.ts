/** What the desk and its map in a window of its own say to each other. Pure. */
import { keyFrom, type EntryKey } from './entries'

export interface Shown { item: EntryKey | null; chosen: number | null }
export interface Camera { lng: number; lat: number; zoom: number }

export type Word =
  /** The map's window is there, and asks what to show; said again when a desk asks who is there. */
  | { kind: 'here' }
  | { kind: 'who' }
  /** What the desk shows, with its filters as they stand in its address. */
  | { kind: 'desk'; shown: Shown; view: Record<string, string> }
  /** What was picked on the map. */
  | { kind: 'map'; shown: Shown }
  | { kind: 'camera'; camera: Camera }
  | { kind: 'close' }
  | { kind: 'bye'; from: 'desk' | 'map' }

export const channelName = (person: number): string => `yiwang.desk.${person}`
export const same = (a: Shown, b: Shown): boolean => a.item === b.item && a.chosen === b.chosen

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const shownFrom = (value: unknown): Shown | null => {
  if (typeof value !== 'object' || value === null) return null
  const { item, chosen } = value as Record<string, unknown>
  return { item: keyFrom(item), chosen: isNumber(chosen) ? chosen : null }
}

/** A page of another build may say something else: what is not understood is not obeyed. */
export function wordFrom(data: unknown): Word | null {
  if (typeof data !== 'object' || data === null) return null
  const { kind, shown, view, camera, from } = data as Record<string, unknown>
  if (kind === 'here' || kind === 'who' || kind === 'close') return { kind }
  if (kind === 'bye' && (from === 'desk' || from === 'map')) return { kind, from }
  const read = shownFrom(shown)
  if (kind === 'map' && read) return { kind, shown: read }
  if (kind === 'desk' && read && typeof view === 'object' && view !== null && Object.values(view).every((value) => typeof value === 'string')) return { kind, shown: read, view: view as Record<string, string> }
  if (kind === 'camera' && typeof camera === 'object' && camera !== null) {
    const { lng, lat, zoom } = camera as Record<string, unknown>
    if (isNumber(lng) && isNumber(lat) && isNumber(zoom)) return { kind, camera: { lng, lat, zoom } }
  }
  return null
}
