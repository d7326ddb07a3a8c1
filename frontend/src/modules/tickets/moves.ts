/** What a department may do with a ticket: the moves of its own leg, and those of the whole case that its post allows. Pure. */
import type { AllowedMove, OrderDetail } from '@/api/types'

/** Moves of the leg itself, at the ticket's own address. */
const OF_LEG: ReadonlySet<string> = new Set(['sign', 'finish', 'return', 'assign', 'waive'])
/** The same moves as the case knows them: offered once. */
const SAME_ON_THE_CASE: ReadonlySet<string> = new Set(['sign', 'finish', 'return', 'sign_leg', 'finish_leg', 'return_leg', 'assign_team'])

export const isOfLeg = (move: string): boolean => OF_LEG.has(move)

/** Asked of the whole case about one leg: the ticket that is being read. */
export const isAboutLeg = (move: string): boolean => move === 'ask_leg_extension'

export function movesOfTicket(order: Pick<OrderDetail, 'allowed_moves' | 'event'>): AllowedMove[] {
  return [...order.allowed_moves, ...order.event.allowed_moves.filter((entry) => !SAME_ON_THE_CASE.has(entry.move))]
}
