import type { Limit } from '@/api/types'

/** The i18n key and count of a limit as the catalogue writes it; types that this page does not know show their own name. */
export function limitWords(limit: Limit): { key: string; amount: string } {
  const known: Record<string, string> = {
    continuous_hours: 'casework.limit.continuousHours',
    working_hours: 'casework.limit.workingHours',
    working_days: 'casework.limit.workingDays',
    natural_days: 'casework.limit.naturalDays',
    calendar_days: 'casework.limit.naturalDays',
  }
  const amount = Number.isInteger(limit.amount) ? String(limit.amount) : String(Math.round(limit.amount * 100) / 100)
  return { key: known[limit.type] ?? 'casework.limit.other', amount }
}
