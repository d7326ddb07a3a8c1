/** The i18n key and count of a limit as the catalogue writes it; types that this page does not know show their own name. */
export function limitWords(limit: { type: string; amount: number }): { key: string; amount: string } {
  const known: Record<string, string> = {
    urgent_hours: 'casework.limit.urgentHours',
    working_hours: 'casework.limit.workingHours',
    working_days: 'casework.limit.workingDays',
    calendar_days: 'casework.limit.calendarDays',
  }
  const amount = Number.isInteger(limit.amount) ? String(limit.amount) : String(Math.round(limit.amount * 100) / 100)
  return { key: known[limit.type] ?? 'casework.limit.other', amount }
}

/** Steps of a procedure are often shorter than an hour: those are told in minutes. */
export const stepLimitWords = (limit: { type: string; amount: number }): { key: string; amount: string } =>
  limit.type === 'urgent_hours' && limit.amount < 1 ? { key: 'casework.limit.minutes', amount: String(Math.round(limit.amount * 60)) } : limitWords(limit)
