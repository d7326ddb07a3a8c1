/** Which alarm a seat must answer next, and what it hears until it does (ISA-18.2: acknowledging means "I have seen it"). */
import type { Level } from '@/api/types'
import { isAlarmInHand, type QueueEntry } from './entries'

/** The highest level first, within it the one that has waited longest. */
export function alarmsOf(entries: Iterable<QueueEntry>): QueueEntry[] {
  return [...entries]
    .filter((entry) => entry.kind === 'alert' && entry.open && !entry.acknowledged)
    .sort((a, b) => a.level - b.level || Date.parse(a.since) - Date.parse(b.since))
}

export interface AlarmFigures { unseen: number; seen: number; inHand: number }

/** The states of ISA-18.2 as far as the platform has them: nobody has seen it, seen and not judged, being worked on. */
export function alarmFigures(entries: Iterable<QueueEntry>): AlarmFigures {
  const figures = { unseen: 0, seen: 0, inHand: 0 }
  for (const entry of entries) {
    if (entry.kind === 'alert' && entry.open) figures[entry.acknowledged ? 'seen' : 'unseen']++
    else if (isAlarmInHand(entry)) figures.inHand++
  }
  return figures
}

/** What may be acknowledged together: never what is critical or urgent, and only what is on screen. */
export const acknowledgeable = (rows: readonly QueueEntry[]): QueueEntry[] => rows.filter((entry) => entry.kind === 'alert' && entry.open && !entry.acknowledged && entry.level >= 3)

export interface Sound { tones: readonly number[]; everySeconds: number | null }

/** Red sounds until it is answered, orange every ten seconds, yellow once, blue not at all. */
export const SOUNDS: Readonly<Record<Level, Sound | null>> = {
  1: { tones: [880, 660, 880], everySeconds: 3 },
  2: { tones: [740, 590], everySeconds: 10 },
  3: { tones: [620], everySeconds: null },
  4: null,
}

export const SILENCE_SECONDS = 60

/** More new alarms than this within ten minutes are a flood: a seat then hears one sound a minute. */
const FLOOD_COUNT = 10
const FLOOD_WINDOW_MS = 600_000
const FLOOD_EVERY_SECONDS = 60

export interface Ringing { tones: readonly number[]; nextAt: number }

/**
 * When to sound next, in milliseconds, given when this seat last sounded for these alarms; null for silence.
 * `lastAt` is null as long as the newest alarm has not been sounded.
 */
export function nextSound(alarms: readonly QueueEntry[], nowMs: number, lastAt: number | null, silentUntil: number): Ringing | null {
  const level = alarms[0]?.level
  const sound = level === undefined ? null : SOUNDS[level]
  if (sound === null) return null
  const recent = alarms.filter((entry) => nowMs - Date.parse(entry.since) < FLOOD_WINDOW_MS).length
  const every = sound.everySeconds === null ? null : recent > FLOOD_COUNT ? FLOOD_EVERY_SECONDS : sound.everySeconds
  if (lastAt !== null && every === null) return null
  const due = lastAt === null ? nowMs : lastAt + every! * 1000
  return { tones: sound.tones, nextAt: Math.max(due, silentUntil) }
}
