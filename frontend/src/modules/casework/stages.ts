/** The six stages of an event as stamps: which are behind it, which it is in, and when each began. */
import type { HistoryEntry, Stage } from '@/api/types'

export const STAGES = ['discover', 'verify', 'dispatch', 'handle', 'feedback', 'evaluate'] as const
export type LoopStage = (typeof STAGES)[number]

const STAGE_OF_STATE: Readonly<Record<string, LoopStage>> = {
  reported: 'discover', verifying: 'verify', filed: 'verify', dispatched: 'dispatch', returned: 'dispatch', handling: 'handle', suspended: 'handle',
  handled: 'feedback', checking: 'feedback', checked: 'feedback', closed: 'evaluate', evaluated: 'evaluate',
}

export interface Stamp { stage: LoopStage; at: string | null; status: 'done' | 'current' | 'ahead' }

/** Each stage carries the time at which the event last entered it: after a rework the later visit counts. */
export function stampsOf(stage: Stage, history: readonly Pick<HistoryEntry, 'at' | 'to_state'>[]): Stamp[] {
  const entered = new Map<LoopStage, string>()
  let before: LoopStage | null = null
  for (const entry of history) {
    const reached = STAGE_OF_STATE[entry.to_state]
    if (reached === undefined || reached === before) continue
    entered.set(reached, entry.at)
    before = reached
  }
  const current = STAGES.indexOf(stage as LoopStage)
  const furthest = current >= 0 ? current : Math.max(-1, ...[...entered.keys()].map((one) => STAGES.indexOf(one)))
  return STAGES.map((one, index) => ({
    stage: one,
    at: index <= furthest ? (entered.get(one) ?? null) : null,
    status: index === current ? 'current' : index <= furthest ? 'done' : 'ahead',
  }))
}
