/** The four measures of a limit of time, in the order in which they are offered. */
export const MEASURES = ['working_hours', 'working_days', 'urgent_hours', 'calendar_days'] as const
