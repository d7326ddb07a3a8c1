/** What the command line offers while somebody types, and what a whole command comes to. Pure. */
import type { FieldTask, OrgUnit, Responder } from '@/api/types'
import { isNumber, meansName, meansNumber, parseCommand, plain, VERB_WORDS, type Command, type Verb } from './command'
import { shortNumber, type EntryKey, type QueueEntry } from './entries'

export interface Known { rows: readonly QueueEntry[]; units: readonly OrgUnit[]; responders: readonly Responder[] }

export type Suggestion =
  | { kind: 'event'; key: EntryKey; number: string; title: string; place: string; text: string }
  | { kind: 'unit' | 'responder'; id: number; name: string; text: string }
  | { kind: 'verb'; verb: Verb; text: string }
  | { kind: 'run'; command: Command; text: string }
  | { kind: 'search'; text: string }

const FROM_LETTERS = 2
const MOST = 8

const asEvent = (row: QueueEntry, text: string): Suggestion => ({ kind: 'event', key: row.key, number: shortNumber(row.number), title: row.title, place: row.place, text })

/** `text` of each is what stands in the line when it is chosen. */
export function suggest(typed: string, known: Known): Suggestion[] {
  const line = plain(typed)
  const command = parseCommand(line)
  if (command.kind === 'move') return ofMove(line, typed, command, known)
  if (line.length < FROM_LETTERS) return VERB_WORDS.filter(({ word }) => word === line).map(({ word, verb }) => ({ kind: 'verb' as const, verb, text: `${word} ` }))
  if (command.kind === 'phone') return [{ kind: 'search', text: command.phone }]
  if (command.kind === 'number') {
    const rows = known.rows.filter((row) => meansNumber(command.number, row.number)).slice(0, MOST)
    return [...rows.map((row) => asEvent(row, line)), { kind: 'search', text: line }]
  }
  const rows = known.rows.filter((row) => meansName(line, row.title) || meansName(line, row.place) || (row.number ?? '').includes(line)).slice(0, MOST - 3)
  const responders = known.responders.filter((one) => meansName(line, one.name)).slice(0, 3)
  return [
    ...rows.map((row) => asEvent(row, line)), ...responders.map((one): Suggestion => ({ kind: 'responder', id: one.id, name: one.name, text: one.name })), { kind: 'search', text: line },
  ]
}

function ofMove(line: string, typed: string, command: Extract<Command, { kind: 'move' }>, known: Known): Suggestion[] {
  const ready: Suggestion[] = [{ kind: 'run', command, text: line }]
  const last = line.split(' ').at(-1) ?? ''
  if (/\s$/.test(typed) || last === '' || line.split(' ').length < 2) return ready
  const before = line.slice(0, line.length - last.length)
  if (isNumber(last) || /^\d+$/.test(last)) {
    const rows = known.rows.filter((row) => row.kind === 'event' && (shortNumber(row.number).startsWith(last) || meansNumber(last, row.number)))
    return [...ready, ...rows.slice(0, MOST).map((row) => asEvent(row, `${before}${shortNumber(row.number)}`))]
  }
  const units: Suggestion[] = command.verb === 'dispatch' ? known.units.filter((unit) => meansName(last, unit.name) || meansName(last, unit.short_name ?? '')).map((unit) => ({ kind: 'unit' as const, id: unit.id, name: unit.name, text: `${before}${unit.name} ` })) : []
  const people: Suggestion[] = known.responders.filter((one) => meansName(last, one.name)).map((one) => ({ kind: 'responder' as const, id: one.id, name: one.name, text: `${before}${one.name} ` }))
  return [...units, ...people].slice(0, MOST).concat(ready)
}

/** Whom the words of a command name: a department or somebody near, as far as exactly one is meant. */
export function meantBy(words: readonly string[], known: Pick<Known, 'units' | 'responders'>): { unit: OrgUnit | null; responder: Responder | null; unclear: string | null } {
  if (words.length === 0) return { unit: null, responder: null, unclear: null }
  const said = words.join(' ')
  const exact = <T extends { name: string; short_name?: string }>(list: readonly T[]): T[] => list.filter((one) => one.name === said || one.short_name === said)
  const one = <T extends { name: string; short_name?: string }>(list: readonly T[]): T | null => {
    const sure = exact(list)
    if (sure.length === 1) return sure[0]!
    const maybe = list.filter((entry) => meansName(said, entry.name))
    return maybe.length === 1 ? maybe[0]! : null
  }
  const unit = one(known.units)
  const responder = one(known.responders)
  // Somebody called like a department is meant only where no department is.
  return { unit, responder: unit === null ? responder : null, unclear: unit === null && responder === null ? said : null }
}

/** Whose arrival is meant: one of those who were sent and have not ended, by name or by being the only one. */
export function taskMeantBy(words: readonly string[], tasks: readonly FieldTask[]): { task: FieldTask | null; sent: string[] } {
  const open = tasks.filter((task) => ['issued', 'seen', 'accepted', 'arrived'].includes(task.state))
  const said = words.join(' ')
  const meant = said === '' ? open : open.filter((task) => meansName(said, task.assignee.name))
  const exact = meant.filter((task) => task.assignee.name === said)
  const [only = null] = exact.length === 1 ? exact : meant.length === 1 ? meant : []
  return { task: only, sent: open.map((task) => task.assignee.name) }
}

/** The move that a verb stands for in this state: sending somebody is verifying, handling or checking. */
export function moveOf(verb: Verb, state: string, toPerson: boolean): string {
  if (verb === 'dispatch') {
    if (state === 'reported') return 'ask_verification'
    if (state === 'handled') return 'ask_check'
    return toPerson ? 'assign_team' : 'dispatch'
  }
  return verb
}
