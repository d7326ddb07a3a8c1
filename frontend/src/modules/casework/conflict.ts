/**
 * What a draft meets when its case was changed meanwhile: what stood there when the form was opened, what stands there
 * now, and what was typed, one line for each. Nothing is decided here: a person chooses, line by line. Pure.
 */
import type { Condition, EventDetail, HistoryEntry, Level } from '@/api/types'
import type { FieldValue, Values } from './moves'

export type FactName = 'state' | 'type' | 'level' | 'condition' | 'lead' | 'owner' | 'supervision' | 'suspended'

export interface Fact { value: string | number | null; name: string }
export type Facts = Readonly<Partial<Record<FactName, Fact>>>

/** What is known of a case, with the names that people read. `state` and `colour` are codes, which the page translates. */
export function factsOf(event: EventDetail | null, type: { code: string; name: string }, level: Level): Facts {
  const facts: Partial<Record<FactName, Fact>> = { type: { value: type.code, name: type.name }, level: { value: level, name: String(level) } }
  if (event === null) return facts
  const condition: Pick<Condition, 'id' | 'text'> | null = event.condition
  return {
    ...facts,
    state: { value: event.state, name: event.state },
    condition: { value: condition?.id ?? null, name: condition?.text ?? '' },
    lead: { value: event.lead_unit?.id ?? null, name: event.lead_unit?.name ?? '' },
    owner: { value: event.owner_unit.id, name: event.owner_unit.name },
    supervision: { value: event.flags.supervision, name: event.flags.supervision },
  }
}

/** Which answer of a form is about which fact: only these can be chosen between. */
const ASKS: Readonly<Record<string, FactName>> = { type_code: 'type', level: 'level', condition_id: 'condition' }
/** The lead department is asked for by a dispatch; other forms mean another department by the same field. */
const factAsked = (field: string, move: string): FactName | null => (field === 'unit_id' ? (move === 'dispatch' ? 'lead' : null) : (ASKS[field] ?? null))

export interface Line {
  fact: FactName
  before: Fact
  now: Fact
  /** The field of the form that says something else, with what was typed. */
  typed: { field: string; value: FieldValue } | null
}

const isSame = (a: Fact | undefined, b: Fact | undefined): boolean => a?.value === b?.value
const nothing: Fact = { value: null, name: '' }

/** Lines for what changed since the form was opened. What was typed about it stands beside it. */
export function linesOf(move: string, before: Facts, now: Facts, values: Values): Line[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])] as FactName[]
  return names.filter((name) => !isSame(before[name], now[name])).map((name) => {
    const field = Object.keys(values).find((one) => factAsked(one, move) === name && values[one] !== null && values[one] !== '') ?? null
    const typed = field === null || values[field] === (now[name]?.value ?? null) ? null : { field, value: values[field]! }
    return { fact: name, before: before[name] ?? nothing, now: now[name] ?? nothing, typed }
  })
}

/** The answers after the choice: where what stands now was chosen, that is answered, or nothing where the form then keeps it. */
export function resolved(values: Values, lines: readonly Line[], keepMine: Readonly<Record<string, boolean>>): Values {
  const next = { ...values }
  for (const { typed, now } of lines) if (typed !== null && keepMine[typed.field] === false) next[typed.field] = now.value
  return next
}

/** Who did what since, newest first: what merely was noted comes along, because it may be the reason. */
export const since = (history: readonly HistoryEntry[], seq: number): HistoryEntry[] => history.filter((entry) => entry.seq > seq).reverse().slice(0, 4)
export const lastSeq = (history: readonly HistoryEntry[]): number => history.at(-1)?.seq ?? 0
