/** The ledger of a clock in lines a person reads: why it stood still, since when, and what was granted on top. */
import type { Deadline } from '@/api/types'

export interface LedgerLine {
  /** The i18n key below `casework.deadline`. */
  kind: 'stood' | 'stands' | 'takenBack' | 'extended'
  /** The app's word for why; shown by `casework.deadline.reason`. */
  reason: string
  from: string
  to: string | null
  /** What was granted, in the measure of the limit. */
  amount: number
}

/** Oldest first; spans in which the clock simply ran are no line. */
export function ledgerLines(deadline: Pick<Deadline, 'intervals' | 'extensions'>): LedgerLine[] {
  const spans = deadline.intervals
    .filter((span) => span.kind === 'pause' || span.reason !== '')
    .map((span): LedgerLine => ({
      kind: span.kind === 'run' ? 'takenBack' : span.to === null ? 'stands' : 'stood',
      reason: span.reason,
      from: span.from,
      to: span.to ?? null,
      amount: 0,
    }))
  const grants = deadline.extensions.map((grant): LedgerLine => ({ kind: 'extended', reason: grant.reason, from: grant.at, to: null, amount: grant.amount }))
  return [...spans, ...grants].sort((one, other) => one.from.localeCompare(other.from))
}
