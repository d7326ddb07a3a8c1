/** Which box a ticket lies in, and what a live update does to a list of one box. Pure. */
import type { OrderBox, OrderRow } from '@/api/types'

export const BOXES: readonly OrderBox[] = ['to_sign', 'handling', 'rework', 'done', 'closed']

const OVER: ReadonlySet<OrderRow['event_state']> = new Set(['closed', 'evaluated'])

/** A finished leg waits for its check until its event is closed. Returned and withdrawn legs lie in no box. */
export function boxOf(row: Pick<OrderRow, 'state' | 'rework' | 'event_state'>): OrderBox | null {
  if (row.state === 'issued') return 'to_sign'
  if (row.state === 'signed') return row.rework ? 'rework' : 'handling'
  if (row.state !== 'done') return null
  return OVER.has(row.event_state) ? 'closed' : 'done'
}

/** Rows after an update: what changed is changed in place, what no longer belongs goes; `missing` says that a row belongs here and is not held. */
export function applyRow(rows: readonly OrderRow[], row: OrderRow, box: OrderBox): { rows: OrderRow[]; missing: boolean } {
  const held = rows.find((one) => one.id === row.id)
  if (held !== undefined && held.version > row.version) return { rows: [...rows], missing: false }
  const belongs = boxOf(row) === box
  if (held === undefined) return { rows: [...rows], missing: belongs }
  return belongs
    ? { rows: rows.map((one) => (one.id === row.id ? row : one)), missing: false }
    : { rows: rows.filter((one) => one.id !== row.id), missing: false }
}

/** The row `by` steps away, stopping at the ends. */
export function neighbourId(rows: readonly Pick<OrderRow, 'id'>[], selected: number | null, by: 1 | -1): number | null {
  if (rows.length === 0) return null
  const at = rows.findIndex((row) => row.id === selected)
  return rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]!.id
}
