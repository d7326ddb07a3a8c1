import { onScopeDispose, ref, type Ref } from 'vue'

/** `?now=2026-11-22T14:32:00+08:00` freezes every clock of the page, so that pictures of it can be compared. */
const frozen = readFrozen(globalThis.location?.search ?? '')
let offsetMs = 0

export function readFrozen(search: string): number | null {
  const asked = new URLSearchParams(search).get('now')
  if (asked === null) return null
  // A literal "+" in a query string arrives as a space.
  const at = Date.parse(asked.replace(' ', '+'))
  return Number.isNaN(at) ? null : at
}

export const isFrozen = (): boolean => frozen !== null

/** The clock of a wall's PC is rarely right: every time shown is reckoned from the server's. */
export function setServerTime(serverTime: string): void {
  const at = Date.parse(serverTime)
  if (!Number.isNaN(at)) offsetMs = at - Date.now()
}

/** Milliseconds since the epoch by the server's clock. */
export const now = (): number => frozen ?? Date.now() + offsetMs

/**
 * A clock that ticks while the component lives. `real` asks for the page's own running clock, for measuring
 * how long ago something reached this page.
 */
export function useClock(everyMs = 1000, options: { real?: boolean } = {}): Readonly<Ref<number>> {
  const read = options.real ? () => Date.now() : now
  const value = ref(read())
  const timer = setInterval(() => (value.value = read()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return value
}
