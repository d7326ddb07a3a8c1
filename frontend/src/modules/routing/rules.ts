/** What the page works out about rules: their order, what an editor holds, what a replay changed. Pure. */
import type { Outcome, Rule, RuleContent } from './calls'

export type LeadBy = 'none' | 'unit' | 'office'
export interface Editing extends Required<Omit<RuleContent, 'level'>> { level: number | null; lead_by: LeadBy }

export const EMPTY: Editing = {
  name: '', expression: '', lead_by: 'unit', lead_unit_code: '', lead_office_code: '', owner_level: '', co_unit_codes: [], level: null, note: '', automatic: false, area_path: '',
}

export function editingOf(rule: Rule): Editing {
  return {
    name: rule.name, expression: rule.expression, lead_unit_code: rule.lead_unit_code, lead_office_code: rule.lead_office_code,
    lead_by: rule.lead_office_code ? 'office' : rule.lead_unit_code ? 'unit' : 'none',
    owner_level: rule.owner_level as Editing['owner_level'], co_unit_codes: [...rule.co_unit_codes], level: rule.level, note: rule.note, automatic: rule.automatic, area_path: rule.area_path,
  }
}

/** What is sent: only the way of naming the lead that was chosen, and nothing dispatches by itself without a lead. */
export function contentOf(editing: Editing): RuleContent {
  const { lead_by, level, ...rest } = editing
  return {
    ...rest,
    name: editing.name.trim(),
    lead_unit_code: lead_by === 'unit' ? editing.lead_unit_code : '',
    lead_office_code: lead_by === 'office' ? editing.lead_office_code : '',
    automatic: lead_by !== 'none' && editing.automatic,
    level: level as RuleContent['level'],
  }
}

export const sameContent = (one: Editing, other: Editing): boolean => JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other))

/** The rules among which one is put in order: those of its own area. */
export const besides = (rules: readonly Rule[], rule: Rule): number[] => rules.filter((one) => one.area_path === rule.area_path).map((one) => one.id)

/** The ids with one moved by some places, or to the place of another; unchanged where it would leave the list. */
export function moved(ids: readonly number[], id: number, by: number): number[] {
  const from = ids.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ids.length) return [...ids]
  const rest = ids.filter((one) => one !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}

export const movedTo = (ids: readonly number[], id: number, target: number): number[] => moved(ids, id, ids.indexOf(target) - ids.indexOf(id))

export interface Difference { what: 'lead' | 'owner' | 'co_units' | 'level' | 'automatic'; now: string; then: string }

/** What would be another than it is; levels and yes or no as keys for the page's words. */
export function differences(now: Outcome, then: Outcome): Difference[] {
  const told = (outcome: Outcome): Record<Difference['what'], string> => ({
    lead: outcome.lead, owner: outcome.owner, co_units: outcome.co_units.join('、'), level: outcome.level === null ? '' : `level.${outcome.level}`,
    automatic: outcome.automatic ? 'routing.yes' : 'routing.no',
  })
  const [one, other] = [told(now), told(then)]
  return (Object.keys(one) as Difference['what'][]).filter((what) => one[what] !== other[what]).map((what) => ({ what, now: one[what], then: other[what] }))
}

/** The character of a text at a line and column that count from one; where the text ends, its end. */
export function placeOf(text: string, line: number, column: number): number {
  const lines = text.split('\n')
  const before = lines.slice(0, Math.max(0, line - 1)).reduce((sum, one) => sum + one.length + 1, 0)
  return Math.min(text.length, before + Math.max(0, column - 1))
}
