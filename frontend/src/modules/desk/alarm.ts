/** Which alarm a seat must answer next, and what it hears until it does (ISA-18.2: acknowledging means "I have seen it"). */
import type { Level } from '@/api/types'
import { isAlarmInHand, type QueueEntry } from './entries'

const worstFirst = (a: QueueEntry, b: QueueEntry): number => a.level - b.level || Date.parse(a.since) - Date.parse(b.since)
const isUnseen = (entry: QueueEntry): boolean => entry.kind === 'alert' && entry.open && !entry.acknowledged && !entry.shelved

/** What flashes and sounds. The highest level first, within it the one that has waited longest. */
export const alarmsOf = (entries: Iterable<QueueEntry>): QueueEntry[] => [...entries].filter((entry) => isUnseen(entry) && !entry.recovered).sort(worstFirst)

/** 恢复未确认: over, and nobody has seen it. It stays listed, without flash or sound. */
export const recoveredOf = (entries: Iterable<QueueEntry>): QueueEntry[] => [...entries].filter((entry) => isUnseen(entry) && entry.recovered).sort(worstFirst)

export interface AlarmFigures { unseen: number; recovered: number; seen: number; inHand: number }

/** The states of ISA-18.2: nobody has seen it, over and nobody has seen it, seen and not judged, being worked on. What is shelved is counted apart. */
export function alarmFigures(entries: Iterable<QueueEntry>): AlarmFigures {
  const figures = { unseen: 0, recovered: 0, seen: 0, inHand: 0 }
  for (const entry of entries) {
    if (entry.kind === 'alert' && entry.open && !entry.shelved) figures[entry.acknowledged ? 'seen' : entry.recovered ? 'recovered' : 'unseen']++
    else if (isAlarmInHand(entry)) figures.inHand++
  }
  return figures
}

/** What may be acknowledged together: never what is critical or urgent, and only what is on screen. */
export const acknowledgeable = (rows: readonly QueueEntry[], visible: ReadonlySet<string>): QueueEntry[] => rows.filter((entry) => isUnseen(entry) && entry.level >= 3 && visible.has(entry.key))

/** The word for where an alarm stands, as a key of `alertState`; null where its own state says it. */
export function alarmWord(entry: Pick<QueueEntry, 'kind' | 'open' | 'acknowledged' | 'recovered' | 'shelved'>): string | null {
  if (entry.kind !== 'alert' || !entry.open) return null
  if (entry.shelved) return 'shelved'
  if (entry.recovered) return entry.acknowledged ? 'recovered' : 'recoveredUnseen'
  return entry.acknowledged ? null : 'unacknowledged'
}

/** Of the lines that came back unsigned, those that this seat has not heard yet: what came while sound was off or kept back is heard later. */
export const notHeard = (late: readonly QueueEntry[], heard: ReadonlySet<string>): string[] => late.map((entry) => entry.key as string).filter((key) => !heard.has(key))

export interface Sound { tones: readonly number[]; everySeconds: number | null }

/** Red sounds until it is answered, orange every ten seconds, yellow once, blue not at all. */
export const SOUNDS: Readonly<Record<Level, Sound | null>> = {
  1: { tones: [880, 660, 880], everySeconds: 3 },
  2: { tones: [740, 590], everySeconds: 10 },
  3: { tones: [620], everySeconds: null },
  4: null,
}

/** What this seat has heard: when it last sounded, and whether something has come since that it has not. */
export interface Heard { at: number | null; fresh: boolean }
/** In a flood a seat hears one sound in so many seconds, whatever comes; null when there is none. */
export type FloodSound = number | null
export interface Ringing { tones: readonly number[]; nextAt: number }

/** When to sound next, in milliseconds; null for silence. A new alarm is heard at once, save in a flood. */
export function nextSound(alarms: readonly QueueEntry[], nowMs: number, heard: Heard, silentUntil: number, flood: FloodSound = null): Ringing | null {
  const level = alarms[0]?.level
  const sound = level === undefined ? null : SOUNDS[level]
  if (sound === null) return null
  if (!heard.fresh && sound.everySeconds === null) return null
  const every = flood ?? (heard.fresh ? 0 : sound.everySeconds!)
  const due = heard.at === null ? nowMs : heard.at + every * 1000
  return { tones: sound.tones, nextAt: Math.max(due, silentUntil) }
}
