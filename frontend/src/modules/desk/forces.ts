import type { Responder } from '@/api/types'

/** A fix older than this may be wrong by a street: it is drawn hollow and says its age. */
const STALE_AFTER_MS = 120_000

export const isStale = (responder: Pick<Responder, 'position_at'>, nowMs: number): boolean => nowMs - Date.parse(responder.position_at) > STALE_AFTER_MS

export interface Box { left: number; top: number; width: number; height: number }

/** Which boxes, in their order of importance, can be drawn without covering one before them. */
export function uncovered(boxes: readonly Box[]): boolean[] {
  const placed: Box[] = []
  return boxes.map((box) => {
    const free = placed.every((other) => box.left + box.width <= other.left || other.left + other.width <= box.left || box.top + box.height <= other.top || other.top + other.height <= box.top)
    if (free) placed.push(box)
    return free
  })
}

/** The nearest who is on duty and free: what the key X ticks. */
export function nearestFree(responders: readonly Responder[]): Responder | null {
  return responders.find((responder) => responder.on_duty && !responder.busy_with) ?? null
}

/** A responder's own fix, when a newer one came over the live stream. */
export function withPosition(responders: readonly Responder[], fix: { responder_id: number; lng: number; lat: number; at: string }): Responder[] {
  return responders.map((responder) =>
    responder.id === fix.responder_id && Date.parse(fix.at) >= Date.parse(responder.position_at)
      ? { ...responder, lng: fix.lng, lat: fix.lat, position_at: fix.at }
      : responder,
  )
}
