/** What the figures of a camera say to whoever runs it. */
import type { CameraLoad } from './calls'

const LATE_SECONDS = 2
const DROPPED_SHARE = 0.2

/** Whether it falls behind or loses more than a fifth of what it should look at; which of the two. */
export function worryOf(camera: Pick<CameraLoad, 'lag_seconds' | 'dropped_per_second' | 'looked_per_second'>): 'late' | 'dropping' | '' {
  if (camera.lag_seconds > LATE_SECONDS) return 'late'
  const all = camera.dropped_per_second + camera.looked_per_second
  return camera.dropped_per_second > DROPPED_SHARE * all ? 'dropping' : ''
}

/** Those that worry first, then by priority and code. */
export function inOrder(cameras: CameraLoad[]): CameraLoad[] {
  const rank = (one: CameraLoad): number => (worryOf(one) ? 0 : 1)
  return [...cameras].sort((a, b) => rank(a) - rank(b) || a.priority - b.priority || a.code.localeCompare(b.code))
}

/** Reasons and how often, since the worker took the camera. */
export const droppedWords = (dropped: Record<string, number>, word: (why: string) => string): string =>
  Object.entries(dropped).filter(([, count]) => count > 0).map(([why, count]) => `${word(why)} ${count}`).join(' · ')

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`
