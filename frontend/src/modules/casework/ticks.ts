/** How far something that was sent has come: four ticks, each with its time as far as it is known. Pure. */
import type { FieldTask, OrderRow } from '@/api/types'

export type TickName = 'submitted' | 'delivered' | 'signed' | 'accepted' | 'arrived'
export interface Tick { name: TickName; done: boolean; at: string | null }

const tick = (name: TickName, at: string | null, done = at !== null): Tick => ({ name, done, at })

/** Whoever signs has got it, whether or not the delivery was told. The first of the department's people on the spot counts as arrived. */
export function ticksOfOrder(order: Pick<OrderRow, 'issued_at' | 'seen_at' | 'signed_at' | 'unit'>, tasks: readonly Pick<FieldTask, 'kind' | 'arrived_at' | 'issued_at'>[]): Tick[] {
  const arrivals = tasks.filter((task) => task.kind === 'handle' && task.arrived_at !== null && task.issued_at >= order.issued_at).map((task) => task.arrived_at!)
  return [
    tick('submitted', order.issued_at), tick('delivered', order.seen_at, order.seen_at !== null || order.signed_at !== null), tick('signed', order.signed_at),
    tick('arrived', arrivals.sort()[0] ?? null),
  ]
}

export function ticksOfTask(task: Pick<FieldTask, 'state' | 'issued_at' | 'accepted_at' | 'arrived_at' | 'on_site'>): Tick[] {
  const ticks = [tick('submitted', task.issued_at), tick('delivered', null, task.state !== 'issued'), tick('accepted', task.accepted_at)]
  // What is checked from a seat has no place to arrive at.
  return task.on_site ? [...ticks, tick('arrived', task.arrived_at)] : ticks
}
