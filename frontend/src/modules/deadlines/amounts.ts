/** Amounts as people type them: minutes beside the measures that are stored. Pure. */
import type { AnyMeasure, Bounds, SiteLimit } from './calls'

export type Unit = AnyMeasure | 'minutes'
export interface Entry { amount: string; unit: Unit }

const MINUTES = 60
const plain = (value: number): string => String(Number(value.toFixed(6)))

/** A stored amount as it is shown: less than an hour around the clock in minutes. */
export function entryOf(measure: AnyMeasure, amount: string): Entry {
  const value = Number(amount)
  return measure === 'urgent_hours' && value < 1 ? { amount: plain(Math.round(value * MINUTES * 100) / 100), unit: 'minutes' } : { amount: plain(value), unit: measure }
}

/** What is sent for an entry; six decimals keep whole seconds exact. */
export function sentOf(entry: Entry): { measure: AnyMeasure; amount: string } {
  return entry.unit === 'minutes' ? { measure: 'urgent_hours', amount: (Number(entry.amount) / MINUTES).toFixed(6) } : { measure: entry.unit, amount: entry.amount.trim() }
}

/** The units a limit can be written in. */
export function unitsOf(limit: SiteLimit): Unit[] {
  return limit.measures.flatMap(({ measure }): Unit[] => (measure === 'urgent_hours' ? ['minutes', measure] : [measure]))
}

/** Least and most in the unit that is chosen. */
export function boundsOf(limit: SiteLimit, unit: Unit): { least: string; most: string } | null {
  const measure = unit === 'minutes' ? 'urgent_hours' : unit
  const found: Bounds | undefined = limit.measures.find((one) => one.measure === measure)
  if (!found) return null
  return unit === 'minutes' ? { least: '1', most: plain(Number(found.most) * MINUTES) } : { least: found.least, most: found.most }
}

/** Bounds as they are read: the least of a measure is a minute, which has no round number in hours or days. */
export const shownBounds = (bounds: { least: string; most: string }): { least: string; most: string } => ({
  ...bounds, least: Number(bounds.least) > 0 && Number(bounds.least) < 1 ? String(Math.ceil(Number(bounds.least) * 100) / 100) : bounds.least,
})

export type Fault = 'number' | 'whole' | 'positive' | 'range' | 'measure'

/** What is wrong with an entry, by a word; null where nothing is. The platform has the last word. */
export function faultOf(limit: SiteLimit, entry: Entry): Fault | null {
  const bounds = boundsOf(limit, entry.unit)
  if (bounds === null) return 'measure'
  const value = entry.amount.trim() === '' ? Number.NaN : Number(entry.amount)
  if (!Number.isFinite(value)) return 'number'
  const counted = limit.usual_measure === entry.unit && !['urgent_hours', 'working_hours', 'working_days', 'calendar_days'].includes(entry.unit)
  if (counted && !Number.isInteger(value)) return 'whole'
  if (value <= 0 && Number(bounds.least) > 0) return 'positive'
  // The least of a measure is a rounded minute.
  return value < Number(bounds.least) - 1e-6 || value > Number(bounds.most) ? 'range' : null
}
