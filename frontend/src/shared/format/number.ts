const grouped = new Intl.NumberFormat('en-US')

/** 2,284 */
export const count = (value: number | null | undefined): string => (value === null || value === undefined ? '—' : grouped.format(value))

/** The wall has room for four digits: above that 1.2万 in Chinese, 12.3k in English. */
export function wallCount(value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined) return '—'
  if (Math.abs(value) <= 9999) return grouped.format(value)
  return locale.startsWith('zh') ? `${tenth(value / 10_000)}万` : `${tenth(value / 1000)}k`
}

const tenth = (value: number): string => (Math.round(value * 10) / 10).toFixed(1).replace(/\.0$/, '')

/** A share of 1 as 94.8, without the sign; null, "nothing to divide by", is a dash and not 0. */
export function percent(share: number | null | undefined, digits = 1): string {
  return share === null || share === undefined ? '—' : (share * 100).toFixed(digits)
}

/** Change against an earlier figure as +8% or −3%; null when the earlier figure is 0. */
export function change(current: number, earlier: number): string | null {
  if (earlier === 0) return null
  const share = Math.round(((current - earlier) / earlier) * 100)
  return share < 0 ? `−${-share}%` : `+${share}%`
}

/** 180 m or 2.1 km */
export function distance(metres: number | null | undefined): string {
  if (metres === null || metres === undefined) return '—'
  return metres < 995 ? `${Math.round(metres / 5) * 5} m` : `${(metres / 1000).toFixed(1)} km`
}
