import type { CatalogueList, CatalogueType, Category, Measure, TypeContent } from './calls'
import { freeNumber } from './tree'

export const MEASURES: readonly Measure[] = ['urgent_hours', 'working_hours', 'working_days', 'calendar_days']
export const GROUPS = ['enforcement', 'service', 'dispute'] as const
export const CHECKS = ['on_site', 'video', 'call_back'] as const
export const FLAGS = ['needs_before_photo', 'needs_after_photo', 'needs_check_photo', 'verification_advised', 'allows_self_handling'] as const
/** The same bounds that the platform keeps; it has the last word. */
const LONGEST: Record<Measure, number> = { urgent_hours: 2160, working_hours: 720, working_days: 365, calendar_days: 365 }
const SHORTEST = 1 / 60
const CODE = /^[a-z][a-z0-9_]{1,47}$/

export interface ConditionValues { key: number; code: string; text: string; closing_standard: string; limit_type: Measure; limit_amount: string }
export interface TypeValues {
  code: string; name: string; category: Category; main_class: string; sub_code: string; report_group: string; default_level: number
  default_unit_code: string; scenario_code: string; check_mode: string; filing_standard: string; position: number; note: string
  needs_before_photo: boolean; needs_after_photo: boolean; needs_check_photo: boolean; verification_advised: boolean; allows_self_handling: boolean
  conditions: ConditionValues[]
}
/** What is wrong by field path (`name`, `conditions.2.limit_amount`), as a key below `catalogue.fault`. */
export type Faults = Record<string, string>

let keys = 0
export const newCondition = (): ConditionValues => ({ key: (keys += 1), code: '', text: '', closing_standard: '', limit_type: 'working_days', limit_amount: '' })

export function newType(list: CatalogueList, category: Category = 'event', mainClass = ''): TypeValues {
  const main = mainClass || (list.main_classes.find((one) => one.category === category)?.name ?? '')
  return {
    code: '', name: '', category, main_class: main, sub_code: freeNumber(list, category, main), report_group: category === 'part' ? 'service' : 'enforcement',
    default_level: 4, default_unit_code: '', scenario_code: '', check_mode: 'on_site', filing_standard: '', position: 0, note: '',
    needs_before_photo: false, needs_after_photo: true, needs_check_photo: false, verification_advised: false, allows_self_handling: false,
    conditions: [newCondition()],
  }
}

export function valuesOf(type: CatalogueType): TypeValues {
  const { code, name, category, main_class, sub_code, report_group, default_level, default_unit_code, scenario_code, check_mode, filing_standard, position } = type
  const { needs_before_photo, needs_after_photo, needs_check_photo, verification_advised, allows_self_handling } = type
  return {
    code, name, category, main_class, sub_code, report_group, default_level, default_unit_code, scenario_code, check_mode, filing_standard, position, note: '',
    needs_before_photo, needs_after_photo, needs_check_photo, verification_advised, allows_self_handling,
    conditions: type.conditions.map((one) => ({ ...one, key: (keys += 1) })),
  }
}

export function contentOf(values: TypeValues): TypeContent {
  const { code: _code, conditions, ...rest } = values
  return { ...rest, name: rest.name.trim(), conditions: conditions.map(({ key: _key, limit_amount, ...one }) => ({ ...one, limit_amount: Number(limit_amount) })) }
}

export function faultsOf(values: TypeValues, list: CatalogueList, isNew: boolean): Faults {
  const faults: Faults = {}
  if (isNew && !CODE.test(values.code)) faults.code = 'code'
  else if (isNew && list.items.some((row) => row.code === values.code)) faults.code = 'codeTaken'
  const name = values.name.trim().length
  if (name < 2 || name > 60) faults.name = 'name'
  const holder = list.items.find((row) => row.is_current && row.code !== values.code && row.category === values.category && row.main_class === values.main_class && row.sub_code === values.sub_code)
  if (!/^\d{2}$/.test(values.sub_code) || values.sub_code === '00') faults.sub_code = 'number'
  else if (holder) faults.sub_code = 'numberTaken'
  if (!list.main_classes.some((one) => one.category === values.category && one.name === values.main_class)) faults.main_class = 'mainClass'
  if (!list.units.some((unit) => unit.code === values.default_unit_code)) faults.default_unit_code = 'unit'
  if (values.filing_standard.length > 500) faults.filing_standard = 'long'
  if (values.conditions.length === 0) faults.conditions = 'conditions'
  values.conditions.forEach((one, index) => Object.assign(faults, faultsOfCondition(one, `conditions.${index}`, values.conditions.slice(0, index))))
  return faults
}

function faultsOfCondition(one: ConditionValues, where: string, before: ConditionValues[]): Faults {
  const faults: Faults = {}
  const length = one.text.trim().length
  if (length < 4 || length > 200) faults[`${where}.text`] = 'condition'
  else if (before.some((other) => other.text.trim() === one.text.trim())) faults[`${where}.text`] = 'conditionTwice'
  if (one.closing_standard.length > 300) faults[`${where}.closing_standard`] = 'long'
  const amount = one.limit_amount.trim() === '' ? Number.NaN : Number(one.limit_amount)
  if (!(amount > 0)) faults[`${where}.limit_amount`] = 'limit'
  else if (amount < SHORTEST || amount > LONGEST[one.limit_type]) faults[`${where}.limit_amount`] = 'limitRange'
  return faults
}

/** Whether the form says something else than it did when it was opened. */
export const differs = (one: TypeValues, other: TypeValues): boolean => JSON.stringify(bare(one)) !== JSON.stringify(bare(other))
const bare = ({ note: _note, ...values }: TypeValues) => ({ ...values, conditions: values.conditions.map(({ key: _key, ...one }) => one) })

/** The condition moved one place up or down; the list as it was where there is no such place. */
export function movedCondition(conditions: ConditionValues[], index: number, by: 1 | -1): ConditionValues[] {
  const to = index + by
  if (to < 0 || to >= conditions.length) return conditions
  const next = [...conditions]
  next.splice(to, 0, ...next.splice(index, 1))
  return next
}
