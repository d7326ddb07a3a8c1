/** When a wall that has run for days had better be loaded again. Pure. */
export interface Vitals {
  nowMs: number
  openedMs: number
  visible: boolean
  /** How long ago the screen was last drawn. */
  undrawnMs: number
  heapBytes: number | null
  /** Without the server a reload would leave an empty screen: then nothing is reloaded. */
  connected: boolean
  unacknowledged: number
  ownBuild: string
  serverBuild: string | null
}
export type Reason = 'stuck' | 'memory' | 'release' | 'nightly'

const UNDRAWN_MS = 10_000
const HEAP_BYTES = 1.5 * 1024 ** 3
/** A fault that comes back at once must not become a wall that only reloads. */
const NOT_SOONER_MS = 10 * 60_000
const NIGHT_HOUR = 3
const NIGHT_MINUTE = 30
const HOUR_MS = 3_600_000

const inCity = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** Minutes since midnight by the city's clocks. */
export function cityMinutes(atMs: number): number {
  const [hour, minute] = inCity.format(atMs).split(':').map(Number)
  return hour! * 60 + minute!
}

const isNight = (atMs: number): boolean => {
  const minutes = cityMinutes(atMs) - (NIGHT_HOUR * 60 + NIGHT_MINUTE)
  return minutes >= 0 && minutes < 60
}

export function reloadReason(vitals: Vitals): Reason | null {
  if (!vitals.connected) return null
  const age = vitals.nowMs - vitals.openedMs
  if (age >= NOT_SOONER_MS) {
    if (vitals.visible && vitals.undrawnMs >= UNDRAWN_MS) return 'stuck'
    if (vitals.heapBytes !== null && vitals.heapBytes > HEAP_BYTES) return 'memory'
  }
  // What waits to be seen is never taken off the screen, not even for the second that loading takes.
  if (vitals.unacknowledged > 0) return null
  if (vitals.ownBuild !== '' && vitals.serverBuild !== null && vitals.serverBuild !== vitals.ownBuild) return 'release'
  return age >= 2 * HOUR_MS && isNight(vitals.nowMs) ? 'nightly' : null
}
