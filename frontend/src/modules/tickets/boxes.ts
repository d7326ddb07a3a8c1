/** Which boxes a ticket lies in, and what a live update does to a list of one box. Pure. */
import type { OrderBox, OrderRow } from '@/api/types'

export const BOXES: readonly OrderBox[] = ['to_sign', 'handling', 'rework', 'co', 'suspended', 'done', 'replies', 'asking', 'closed']

const OVER: ReadonlySet<OrderRow['event_state']> = new Set(['closed', 'evaluated', 'rejected', 'merged', 'cancelled'])

type Placed = Pick<OrderRow, 'state' | 'rework' | 'event_state' | 'role' | 'reply_due_at'>

/**
 * Where the ticket waits for its department. A finished leg waits for its check until its event is over; one that owes a
 * reply lies in that box as well. Whether something was asked about it, its row does not tell: that box is fetched.
 */
export function boxesOf(row: Placed): OrderBox[] {
  const boxes: OrderBox[] = []
  if (row.state === 'issued') boxes.push('to_sign')
  else if (row.state === 'signed' || row.state === 'assigned') boxes.push(row.role === 'co' ? 'co' : row.event_state === 'suspended' ? 'suspended' : row.rework ? 'rework' : 'handling')
  else if (row.state === 'done') boxes.push(OVER.has(row.event_state) ? 'closed' : 'done')
  if (row.reply_due_at !== null) boxes.push('replies')
  return boxes
}

/** Rows after an update: what changed is changed in place, what no longer belongs goes; `missing` says that a row belongs here and is not held. */
export function applyRow(rows: readonly OrderRow[], row: OrderRow, box: OrderBox): { rows: OrderRow[]; missing: boolean } {
  const held = rows.find((one) => one.id === row.id)
  if (held !== undefined && held.version > row.version) return { rows: [...rows], missing: false }
  if (box === 'asking') return { rows: rows.map((one) => (one.id === row.id ? row : one)), missing: true }
  const belongs = boxesOf(row).includes(box)
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

/** Rows whose number, title or place has the words somebody looks for. */
export function withWords(rows: readonly OrderRow[], words: string): OrderRow[] {
  const wanted = words.trim().toLowerCase()
  return wanted === '' ? [...rows] : rows.filter((row) => `${row.event_number} ${row.title} ${row.area_label} ${row.address} ${row.type_name}`.toLowerCase().includes(wanted))
}
