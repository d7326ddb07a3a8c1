const two = (value: number): string => String(value).padStart(2, '0')

/** 00:48 · 1:26:50 · 2d 03:10 : how long something has lasted; never negative. */
export function elapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  if (hours >= 48) return `${Math.floor(hours / 24)}d ${two(hours % 24)}:${two(minutes)}`
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`
}

/** Time left as `4:12`, time over as `−1:02`: the minus is the one sign that a limit has passed. */
export function timeLeft(seconds: number): string {
  return seconds < 0 ? `−${elapsed(-seconds)}` : elapsed(seconds)
}

/** 2小时10分 or 2 h 10 min, for sentences; the smaller unit is dropped from a day up. */
export function spokenDuration(seconds: number, locale: string): string {
  const zh = locale.startsWith('zh')
  const minutes = Math.max(0, Math.floor(seconds / 60))
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return zh ? `${days}天${hours % 24}小时` : `${days} d ${hours % 24} h`
  if (hours > 0) return zh ? `${hours}小时${minutes % 60}分` : `${hours} h ${minutes % 60} min`
  return zh ? `${minutes}分` : `${minutes} min`
}
