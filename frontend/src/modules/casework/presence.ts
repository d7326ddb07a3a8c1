/** Who has an event open, as far as this page was told: the newest word counts, and every word runs out by itself. Pure. */
import type { Presence, Viewer } from '@/api/types'

/** event → who was said to look at it. */
export type Watching = ReadonlyMap<number, readonly Viewer[]>

export function told(watching: Watching, presence: Presence): Watching {
  const next = new Map(watching)
  if (presence.people.length === 0) next.delete(presence.event_id)
  else next.set(presence.event_id, presence.people)
  return next
}

/** Without those whose time is over: a tab that died says nothing any more. The same value where nothing ran out. */
export function current(watching: Watching, nowMs: number): Watching {
  const next = new Map<number, readonly Viewer[]>()
  let changed = false
  for (const [event, people] of watching) {
    const still = people.filter((one) => Date.parse(one.until) > nowMs)
    changed ||= still.length !== people.length
    if (still.length > 0) next.set(event, still)
  }
  return changed ? next : watching
}

/** Colleagues who have the event open; oneself is no news. */
export const othersAt = (watching: Watching, event: number, myself: number): string[] => (watching.get(event) ?? []).filter((one) => one.id !== myself).map((one) => one.name)
