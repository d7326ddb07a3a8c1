import type { ConnectionState } from '@/live'

/** Panels lose their colour when what they show is this old. */
export const STALE_AFTER_SECONDS = 30

export interface Freshness { tone: 'live' | 'late' | 'stopped' | 'waiting'; stale: boolean }

/** How a screen should present what it holds, from the connection and the age of the last frame. */
export function freshness(state: ConnectionState, ageSeconds: number | null): Freshness {
  const stale = ageSeconds !== null && ageSeconds >= STALE_AFTER_SECONDS
  if (state === 'live') return { tone: 'live', stale: false }
  if (state === 'late') return { tone: 'late', stale }
  if (ageSeconds === null) return { tone: 'waiting', stale: false }
  return { tone: 'stopped', stale }
}
