/**
 * The order in which cards are judged, and what may still be taken back. A judgement waits ten seconds before it leaves, so
 * that nothing has to be undone that others have seen already. Pure.
 */
import type { Reason, ReviewCard, Verdict } from './calls'

export const HOLD_MS = 10_000

export interface Waiting {
  /** The key of its request. */
  key: string
  card: ReviewCard
  verdict: Verdict
  reason: Reason | undefined
  sendAt: number
  state: 'waiting' | 'sending'
}

const idsOf = (card: ReviewCard): number[] => card.alerts.map((alert) => alert.id)

/** Cards that are still to be judged here: without those whose judgement waits or has left, skipped ones last. */
export function open(cards: readonly ReviewCard[], waiting: readonly Waiting[], judged: ReadonlySet<number>, skipped: ReadonlySet<string>): ReviewCard[] {
  const gone = new Set([...judged, ...waiting.flatMap((one) => idsOf(one.card))])
  const left = cards.filter((card) => card.may_judge && !idsOf(card).every((id) => gone.has(id)))
  return [...left.filter((card) => !skipped.has(card.key)), ...left.filter((card) => skipped.has(card.key))]
}

/** The card to show: the one that is shown while it is there, else the first that nobody else looks at; then what others have, then what was skipped. */
export function next(cards: readonly ReviewCard[], shown: string | null, skipped: ReadonlySet<string> = new Set()): ReviewCard | null {
  const fresh = cards.filter((card) => !skipped.has(card.key))
  return cards.find((card) => card.key === shown) ?? fresh.find((card) => card.held_by.length === 0) ?? fresh[0] ?? cards[0] ?? null
}

export const due = (waiting: readonly Waiting[], nowMs: number): Waiting[] => waiting.filter((one) => one.state === 'waiting' && one.sendAt <= nowMs)

/** What U takes back: the last that has not left. */
export const undoable = (waiting: readonly Waiting[], nowMs: number): Waiting | null => [...waiting].reverse().find((one) => one.state === 'waiting' && one.sendAt > nowMs) ?? null

export type Command = { do: 'confirm' | 'undo' | 'skip' | 'clip' | 'later' | 'earlier' } | { do: 'dismiss'; reason: number }

/** Y confirms, N or 1 to 6 dismiss with a reason, U takes back, S skips, C shows the clip, arrows go through a burst. */
export function commandOf(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>, reasons: number): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return null
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)
  if (digit) return Number(digit[1]) <= reasons ? { do: 'dismiss', reason: Number(digit[1]) - 1 } : null
  switch (event.code) {
    case 'KeyY': return { do: 'confirm' }
    case 'KeyN': return { do: 'dismiss', reason: 0 }
    case 'KeyU': return { do: 'undo' }
    case 'KeyS': return { do: 'skip' }
    case 'KeyC': return { do: 'clip' }
    case 'ArrowRight': return { do: 'later' }
    case 'ArrowLeft': return { do: 'earlier' }
    default: return null
  }
}
