/** A running limit as a bar: how much of it is used, and how to say what is left. */
export interface SlaView { share: number; leftSeconds: number; tone: 'calm' | 'late' | 'over' }

const LATE_SHARE = 0.8

export function slaView(startedAt: string | null, dueAt: string | null, nowMs: number): SlaView | null {
  if (dueAt === null) return null
  const due = Date.parse(dueAt)
  const started = startedAt === null ? Number.NaN : Date.parse(startedAt)
  const leftSeconds = Math.round((due - nowMs) / 1000)
  if (leftSeconds < 0) return { share: 1, leftSeconds, tone: 'over' }
  const length = due - started
  const share = Number.isNaN(length) || length <= 0 ? 0 : Math.min(1, Math.max(0, (nowMs - started) / length))
  return { share, leftSeconds, tone: share >= LATE_SHARE ? 'late' : 'calm' }
}
