/** How long something has stood aside, and whether somebody should look at it again. Pure. */
import type { AlertRow } from '@/api/types'
import type { OutOfService } from './calls'

const MINUTE = 60_000
const DAY = 86_400_000

export const minutesLeft = (until: string, nowMs: number): number => Math.max(0, Math.ceil((Date.parse(until) - nowMs) / MINUTE))
export const daysSince = (at: string, nowMs: number): number => Math.max(0, Math.floor((nowMs - Date.parse(at)) / DAY))
export const isReviewDue = (row: Pick<OutOfService, 'review_due_at'>, nowMs: number): boolean => row.review_due_at !== null && Date.parse(row.review_due_at) < nowMs

/** Those to look at first, then the oldest. */
export const byAge = <Row extends Pick<OutOfService, 'review_due_at' | 'taken_out_at'>>(rows: readonly Row[], nowMs: number): Row[] =>
  [...rows].sort((a, b) => Number(isReviewDue(b, nowMs)) - Number(isReviewDue(a, nowMs)) || Date.parse(a.taken_out_at) - Date.parse(b.taken_out_at))

/** The entry that keeps what raised this alert from raising more: its camera and rule, or what it is about where no camera is. */
export const outOf = <Out extends Pick<OutOfService, 'source' | 'rule' | 'subject_kind' | 'subject_id' | 'label'>>(
  alert: Pick<AlertRow, 'source' | 'rule' | 'camera_id' | 'title'>, out: readonly Out[],
): Out | undefined =>
  out.find((one) => one.source === alert.source && one.rule === alert.rule && (alert.camera_id === null ? one.label === alert.title.slice(0, 120) : one.subject_kind === 'camera' && one.subject_id === alert.camera_id))
