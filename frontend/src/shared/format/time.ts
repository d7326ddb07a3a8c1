/** Times of day and dates, in the city's own time zone whatever the PC is set to. */
const ZONE = 'Asia/Shanghai'

const parts = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { timeZone: ZONE, hourCycle: 'h23', ...options })

const clock = parts('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const minutes = parts('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = parts('en-GB', { year: 'numeric', month: '2-digit', day: '2-digit' })

type Instant = string | number | null | undefined
const instant = (at: Instant): number => (typeof at === 'number' ? at : at ? Date.parse(at) : Number.NaN)

const shown = (at: Instant, format: Intl.DateTimeFormat): string => {
  const value = instant(at)
  return Number.isNaN(value) ? '—' : format.format(value)
}

/** 14:32:00 */
export const clockTime = (at: Instant): string => shown(at, clock)
/** 14:32 */
export const minuteTime = (at: Instant): string => shown(at, minutes)

/** 11月22日 周日, or Sun 22 Nov */
export function calendarDay(at: Instant, locale: string): string {
  const value = instant(at)
  if (Number.isNaN(value)) return '—'
  if (!locale.startsWith('zh')) return parts('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }).format(value)
  const date = parts('zh-CN', { month: 'numeric', day: 'numeric' }).formatToParts(value)
  const part = (type: string): string => date.find((entry) => entry.type === type)?.value ?? ''
  return `${part('month')}月${part('day')}日 ${parts('zh-CN', { weekday: 'short' }).format(value)}`
}

/** 14:32 today, 11-21 14:32 otherwise: a list mixes both. */
export function shortMoment(at: Instant, nowMs: number): string {
  const value = instant(at)
  if (Number.isNaN(value)) return '—'
  if (day.format(value) === day.format(nowMs)) return minutes.format(value)
  const [date, month] = day.format(value).split('/')
  return `${month}-${date} ${minutes.format(value)}`
}

/** 2026-11-22 14:32:00 */
export function fullMoment(at: Instant): string {
  const value = instant(at)
  if (Number.isNaN(value)) return '—'
  const [date, month, year] = day.format(value).split('/')
  return `${year}-${month}-${date} ${clock.format(value)}`
}
