/** How a telephone number is shown and dialled. Pure. */

/** What somebody says of a call they made. */
export const CALL_RESULTS = ['reached', 'no_answer', 'wrong_number'] as const
export type CallResult = (typeof CALL_RESULTS)[number]

/** The address that a telephone on this machine takes: digits and a leading plus, nothing else. */
export const dialled = (number: string): string => `tel:${number.replace(/(?!^\+)\D/g, '')}`

/** Eleven digits are read in three parts; what is written with its own spaces keeps them. */
export function spaced(number: string): string {
  return /^\d{11}$/.test(number) ? `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}` : number
}
