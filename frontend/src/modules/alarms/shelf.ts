/** How long something has stood aside, and whether somebody should look at it again. Pure. */
import type { OutOfService } from './calls'

const MINUTE = 60_000
const DAY = 86_400_000

export const minutesLeft = (until: string, nowMs: number): number => Math.max(0, Math.ceil((Date.parse(until) - nowMs) / MINUTE))
export const daysSince = (at: string, nowMs: number): number => Math.max(0, Math.floor((nowMs - Date.parse(at)) / DAY))
export const isReviewDue = (row: Pick<OutOfService, 'review_due_at'>, nowMs: number): boolean => row.review_due_at !== null && Date.parse(row.review_due_at) < nowMs

/** Those to look at first, then the oldest. */
export const byAge = <Row extends Pick<OutOfService, 'review_due_at' | 'taken_out_at'>>(rows: readonly Row[], nowMs: number): Row[] =>
  [...rows].sort((a, b) => Number(isReviewDue(b, nowMs)) - Number(isReviewDue(a, nowMs)) || Date.parse(a.taken_out_at) - Date.parse(b.taken_out_at))
