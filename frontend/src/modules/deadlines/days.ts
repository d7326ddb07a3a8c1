/** Months as calendars print them, and the exceptions that a click makes. Pure. */
import type { PreviewDay } from './calls'

export interface Exceptions { works_on: string[]; rests_on: string[] }

/** The cells of a month from Monday on; null before its first day. */
export function cellsOf(days: readonly PreviewDay[]): (PreviewDay | null)[] {
  const first = days[0]
  if (!first) return []
  const weekday = (new Date(`${first.date}T00:00:00Z`).getUTCDay() + 6) % 7
  return [...Array.from({ length: weekday }, () => null), ...days]
}

/** A day that is an exception already is one no more; any other becomes the opposite of what it is. */
export function toggled(exceptions: Exceptions, day: PreviewDay): Exceptions {
  const without = { works_on: exceptions.works_on.filter((one) => one !== day.date), rests_on: exceptions.rests_on.filter((one) => one !== day.date) }
  const was = exceptions.works_on.includes(day.date) || exceptions.rests_on.includes(day.date)
  if (was) return without
  return day.works ? { ...without, rests_on: [...without.rests_on, day.date].sort() } : { ...without, works_on: [...without.works_on, day.date].sort() }
}

/** The month `by` months away. */
export function monthAfter(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const at = new Date(Date.UTC(year, number - 1 + by, 1))
  return at.toISOString().slice(0, 7)
}

export interface Period { opens: string; closes: string }
export type PeriodFault = 'empty' | 'backwards' | 'overlap'

/** What is wrong with the working periods of a day; null where nothing is. */
export function periodFault(periods: readonly Period[]): PeriodFault | null {
  if (periods.length === 0 || periods.some((one) => one.opens === '' || one.closes === '')) return 'empty'
  if (periods.some((one) => one.closes <= one.opens)) return 'backwards'
  const ordered = [...periods].sort((one, other) => one.opens.localeCompare(other.opens))
  return ordered.some((one, index) => index > 0 && one.opens < ordered[index - 1]!.closes) ? 'overlap' : null
}
