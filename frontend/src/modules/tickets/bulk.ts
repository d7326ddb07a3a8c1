/** The same step on many tickets, one after the other: each with its own version and key, so that one refusal costs no other. */
import { ApiError } from '@/api/errors'
import { newIdempotencyKey } from '@/api/transport'
import type { OrderRow } from '@/api/types'

export interface BulkResult { done: number[]; failed: { row: OrderRow; error: unknown }[] }

export type Step = (row: OrderRow, idempotencyKey: string) => Promise<unknown>

/** Stops where nothing more can get through: without a network or a session the rest would fail in the same way. */
export async function forEach(rows: readonly OrderRow[], step: Step, told: (count: number) => void = () => {}): Promise<BulkResult> {
  const result: BulkResult = { done: [], failed: [] }
  for (const row of rows) {
    try {
      await step(row, newIdempotencyKey())
      result.done.push(row.id)
    } catch (error) {
      result.failed.push({ row, error })
      if (error instanceof ApiError && (error.status === 0 || error.status === 401)) break
    }
    told(result.done.length + result.failed.length)
  }
  return result
}

/** What of a selection the step can be made on at all. */
export const signable = (rows: readonly OrderRow[]): OrderRow[] => rows.filter((row) => row.state === 'issued')
export const assignable = (rows: readonly OrderRow[]): OrderRow[] => rows.filter((row) => row.state === 'signed' || row.state === 'assigned')
