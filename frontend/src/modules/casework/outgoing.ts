/**
 * Moves that leave the desk ten seconds after they were made, so that they can be taken back: those that tell somebody
 * something or end a case, and never one that sends people. What waits is kept on this machine until its answer has come,
 * with the key of its request, so that it is carried out once however often it is sent. Pure.
 */

export const HOLD_MS = 10_000
/** Another window of the same person sends what is its own; this one steps in when that has not happened. */
const STEP_IN_MS = 3000
/** A limit that ends sooner than this must not be missed by waiting. */
const CLOSE_LIMIT_MS = 30_000

const HELD: ReadonlySet<string> = new Set(['reject', 'close', 'refuse_close', 'reject_feedback', 'return', 'refuse_return', 'reply'])

export type Target = { kind: 'event' | 'order'; id: number }

export interface Outgoing {
  /** The key of its request. */
  key: string
  target: Target
  /** The page's name of what it is about, as `event:12`: undoing opens it again. */
  subject: string
  /** What people call it. */
  about: string
  page: '/desk' | '/tickets'
  move: string
  payload: Record<string, unknown> & { version: number }
  sendAt: number
  /** The window that made it. */
  tab: string
  state: 'waiting' | 'sending' | 'failed'
  error?: { status: number; code: string; detail: string }
}

/** Whether this move waits, given when the running limit of its case ends. */
export const isHeld = (move: string, dueAt: string | null, nowMs: number): boolean => HELD.has(move) && (dueAt === null || Math.abs(Date.parse(dueAt) - nowMs) > CLOSE_LIMIT_MS)

/** What this window sends now. */
export const due = (items: readonly Outgoing[], tab: string, nowMs: number): Outgoing[] =>
  items.filter((one) => (one.tab === tab ? one.state === 'waiting' && one.sendAt <= nowMs : one.state !== 'failed' && one.sendAt + STEP_IN_MS <= nowMs))

/** What has left already, or may have, cannot be taken back. */
export const canUndo = (item: Outgoing, nowMs: number): boolean => item.state === 'failed' || (item.state === 'waiting' && item.sendAt > nowMs)

export const secondsLeft = (item: Outgoing, nowMs: number): number => Math.max(0, Math.ceil((item.sendAt - nowMs) / 1000))

const storedAs = (person: number): string => `yiwang.outgoing.${person}`
export const isStore = (key: string | null, person: number): boolean => key === storedAs(person)

const isOutgoing = (value: unknown): value is Outgoing => {
  const one = value as Partial<Outgoing> | null
  return typeof one === 'object' && one !== null && typeof one.key === 'string' && typeof one.move === 'string' && typeof one.sendAt === 'number' && typeof one.target?.id === 'number' && typeof one.payload?.version === 'number'
}

export function readOutgoing(person: number): Outgoing[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storedAs(person)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isOutgoing) : []
  } catch {
    return []
  }
}

/** False where this machine keeps nothing: then a move must not wait. */
export function keepOutgoing(person: number, items: readonly Outgoing[]): boolean {
  try {
    if (items.length === 0) localStorage.removeItem(storedAs(person))
    else localStorage.setItem(storedAs(person), JSON.stringify(items))
    return true
  } catch {
    return false
  }
}
