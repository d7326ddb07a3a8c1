/** How far a picture lags behind what reached the platform, and what is done about it. Pure. */

/** Above this the tile says so and plays a little faster; a viewer hardly sees it. */
export const LATE_SECONDS = 3
export const JUMP_SECONDS = 8
/** Faster playing ends here, so that it does not begin and end all the time. */
const CAUGHT_UP_SECONDS = 1.8
export const FASTER = 1.1

export interface CatchUp { rate: number; jump: boolean }

export function catchUp(latency: number | null, rate: number): CatchUp {
  if (latency === null) return { rate: 1, jump: false }
  if (latency > JUMP_SECONDS) return { rate: 1, jump: true }
  if (latency > LATE_SECONDS) return { rate: FASTER, jump: false }
  return { rate: rate > 1 && latency > CAUGHT_UP_SECONDS ? rate : 1, jump: false }
}

/** 1.2; whole seconds from ten on. Clocks differ by a little: never below zero. */
export const shownLatency = (seconds: number): string => (seconds < 10 ? Math.max(0, seconds).toFixed(1) : String(Math.round(seconds)))

/** Seconds to wait before the n-th try, with jitter (`chance` 0–1). */
export const pauseBefore = (tries: number, chance: number): number => Math.min(15, 1 * 2 ** Math.min(tries, 5)) * (0.5 + 0.5 * chance)
