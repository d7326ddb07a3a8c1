/** Where a field task stands for the one who does it, counting what the phone has done and not yet delivered. */
import type { AllowedMove, FieldTask } from '@/api/types'

export type Step = 'accept' | 'arrive' | 'done'
export const STEPS: readonly Step[] = ['accept', 'arrive', 'done']

const REACHED_BY: Readonly<Record<string, number>> = { issued: 0, seen: 0, accepted: 1, arrived: 2, done: 3 }

/** How many of the three steps are behind this task; null when it ended without being done. */
export function stepsDone(task: Pick<FieldTask, 'state'>, pending: readonly string[]): number | null {
  const reached = REACHED_BY[task.state]
  if (reached === undefined) return null
  return pending.reduce((done, move) => Math.max(done, STEPS.indexOf(move as Step) + 1), reached)
}

/** The step to offer now, unless the back end says that this person may not make it. */
export function nextStep(task: Pick<FieldTask, 'state' | 'on_site'> & { allowed_moves?: readonly Allowed[] }, pending: readonly string[]): Step | null {
  const done = stepsDone(task, pending)
  if (done === null || done >= STEPS.length) return null
  // A check by video or call-back is done from a seat: there is no place to arrive at.
  const step = STEPS[done] === 'arrive' && !task.on_site ? 'done' : STEPS[done]!
  return pending.length > 0 || isAllowed(task.allowed_moves, step) ? step : null
}

type Allowed = Pick<AllowedMove, 'move' | 'available'>

export function isAllowed(allowed: readonly Allowed[] | undefined, move: string): boolean {
  return allowed === undefined || allowed.some((entry) => entry.move === move && entry.available)
}

/** What a result still needs. A picture says what was found; that something is not so, or not done, must be said in words. */
export function missingInResult(result: { passed: boolean | null; note: string; photos: number }): ('passed' | 'note' | 'photos')[] {
  const missing: ('passed' | 'note' | 'photos')[] = []
  if (result.passed === null) missing.push('passed')
  if (result.photos === 0) missing.push('photos')
  if (result.passed === false && result.note.trim() === '') missing.push('note')
  return missing
}
