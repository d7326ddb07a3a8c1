/** A schedule as hours of a week, Monday first, and back. */
import type { Schedule } from './calls'

type Windows = NonNullable<Schedule['windows']>
export type Week = boolean[][]
const HOURS = 24

const minutes = (time: string): number => {
  const [hour, minute] = time.split(':')
  return Number(hour) * 60 + Number(minute)
}
const shown = (hour: number): string => `${String(hour).padStart(2, '0')}:00`
export const emptyWeek = (on = false): Week => Array.from({ length: 7 }, () => Array<boolean>(HOURS).fill(on))

/** An hour is on when any of it is watched. A window that ends before it begins runs into the next day. */
export function weekOf(windows: Windows): Week {
  if (windows.length === 0) return emptyWeek(true)
  const week = emptyWeek()
  for (const { days, begins, ends } of windows) {
    const from = minutes(begins)
    const until = minutes(ends) > from ? minutes(ends) : minutes(ends) + HOURS * 60
    for (const day of days) {
      for (let hour = Math.floor(from / 60); hour * 60 < until; hour += 1) {
        const row = week[(day - 1 + Math.floor(hour / HOURS)) % 7]
        if (row) row[hour % HOURS] = true
      }
    }
  }
  return week
}

/** The fewest windows that say the same: days with the same hours share one. All hours are no window at all. */
export function windowsOf(week: Week): Windows {
  if (week.every((day) => day.every(Boolean))) return []
  const byHours = new Map<string, Windows[number]>()
  week.forEach((day, index) => {
    for (let begins = 0; begins < HOURS; begins += 1) {
      if (!day[begins] || day[begins - 1]) continue
      let ends = begins
      while (ends < HOURS && day[ends]) ends += 1
      const key = `${begins}-${ends}`
      const window = byHours.get(key) ?? { days: [], begins: shown(begins), ends: shown(ends) }
      window.days.push(index + 1)
      byHours.set(key, window)
    }
  })
  return [...byHours.values()]
}

/** Whether the windows begin and end at full hours: else painting hours would round them. */
export const isWholeHours = (windows: Windows): boolean => windows.every(({ begins, ends }) => minutes(begins) % 60 === 0 && minutes(ends) % 60 === 0)
export const hoursOn = (week: Week): number => week.flat().filter(Boolean).length
