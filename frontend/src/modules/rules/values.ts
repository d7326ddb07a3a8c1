/** What the forms hold, what is wrong with it, and what is sent. Pure. */
import type { Bound, PublicBook, PublicValues, RiskContent, RiskRule } from './calls'

export const GROUPS = [
  { name: 'guard', fields: ['reports_held_above', 'reports_refused_above', 'minimum_seconds', 'proof_bits'] },
  { name: 'near', fields: ['near_metres', 'near_minutes', 'near_reports'] },
  { name: 'text', fields: ['same_text_percent', 'same_text_minutes'] },
  { name: 'page', fields: ['show_near_metres', 'contact_kept_days'] },
] as const
export type NumberField = (typeof GROUPS)[number]['fields'][number]
export const FIELDS: readonly NumberField[] = GROUPS.flatMap((group): NumberField[] => [...group.fields])

export interface WordList { number: string; words: string }
export interface PublicForm { numbers: Record<NumberField, string>; lists: WordList[] }

/** Words stand beside each other, as people write them. */
export const wordsOf = (text: string): string[] => text.split(/[、，,;；\n]+/).map((word) => word.trim()).filter((word) => word !== '')

export function publicForm(book: PublicBook): PublicForm {
  return {
    numbers: Object.fromEntries(FIELDS.map((field) => [field, String(book.values[field])])) as Record<NumberField, string>,
    lists: book.values.urgent_words.map(({ number, words }) => ({ number, words: words.join('、') })),
  }
}

export function publicSent(form: PublicForm): PublicValues {
  const numbers = Object.fromEntries(FIELDS.map((field) => [field, Number(form.numbers[field])])) as Record<NumberField, number>
  return { ...numbers, urgent_words: form.lists.map(({ number, words }) => ({ number: number.trim(), words: wordsOf(words) })) }
}

export type Fault = 'whole' | 'range' | 'number' | 'falls'

/** What is wrong with a whole number within bounds; null where nothing is. The platform has the last word. */
export function wholeFault(text: string, bound: Bound | undefined): Fault | null {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isInteger(value)) return 'whole'
  return bound && (value < bound.least || value > bound.most) ? 'range' : null
}

export const boundOf = (bounds: readonly Bound[], field: string): Bound | undefined => bounds.find((one) => one.field === field)

export const WHOLE = ['window_days', 'compared', 'minimum'] as const
export const THRESHOLDS = ['attention', 'warning', 'alarm'] as const
export type RiskNumber = (typeof WHOLE)[number] | (typeof THRESHOLDS)[number]
export const LEVELS = ['district', 'street', 'community', 'grid'] as const
export const KINDS = ['outbreak', 'cycle', 'spread', 'backlog'] as const
export const STATISTICS = ['surge', 'recurrence', 'spread', 'number'] as const

export type RiskForm = Omit<RiskContent, RiskNumber> & { code: string; numbers: Record<RiskNumber, string> }

const NEW: RiskContent = {
  kind: 'outbreak', name: '', name_en: '', statistic: 'surge', measure: 'reported', levels: ['street', 'community'], type_codes: [], citizens_only: false, window_days: 7, compared: 4, minimum: 5, attention: 2,
  warning: 3, alarm: 5, is_on: true,
}

/** The rule as it is written; without one, a proposal for another. */
export function riskForm(rule: RiskRule | null): RiskForm {
  const from: RiskContent = rule ?? NEW
  return {
    code: rule?.code ?? '', kind: from.kind, name: from.name, name_en: from.name_en, statistic: from.statistic, measure: from.measure, levels: [...from.levels], type_codes: [...from.type_codes],
    citizens_only: from.citizens_only, is_on: from.is_on, numbers: Object.fromEntries([...WHOLE, ...THRESHOLDS].map((name) => [name, String(from[name])])) as Record<RiskNumber, string>,
  }
}

export function riskSent({ code: _code, numbers, ...form }: RiskForm): RiskContent {
  const values = Object.fromEntries([...WHOLE, ...THRESHOLDS].map((name) => [name, Number(numbers[name])])) as Record<RiskNumber, number>
  return { ...form, levels: LEVELS.filter((level) => form.levels.includes(level)), ...values }
}

/** Faults by field: whole numbers within bounds, thresholds that rise. */
export function riskFaults(form: RiskForm, bounds: readonly Bound[]): Partial<Record<RiskNumber, Fault>> {
  const found: Partial<Record<RiskNumber, Fault>> = {}
  for (const name of WHOLE) {
    const fault = wholeFault(form.numbers[name], boundOf(bounds, name))
    if (fault) found[name] = fault
  }
  let last = 0
  for (const name of THRESHOLDS) {
    const value = form.numbers[name].trim() === '' ? Number.NaN : Number(form.numbers[name])
    if (!Number.isFinite(value) || value <= 0) found[name] = 'number'
    else if (value < last) found[name] = 'falls'
    last = Number.isFinite(value) ? Math.max(last, value) : last
  }
  return found
}
