/** What the form holds and what may be sent; shares are typed in percent. Pure. */
import type { Automation, Limits } from './calls'

export interface Form { confirms: boolean; files: boolean; percent: number | ''; sample: number | ''; days: number | ''; audit: number | '' }
export type Field = 'percent' | 'sample' | 'days' | 'audit' | 'does'

export function formOf(item: Automation): Form {
  return { confirms: item.confirms, files: item.files, percent: Math.round(item.min_precision * 1000) / 10, sample: item.min_sample, days: item.window_days, audit: item.audit_percent }
}

const whole = (value: number | '', least: number, most: number): boolean => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

/** The fields that hold nothing the platform could measure by. */
export function faultsOf(form: Form): Field[] {
  const faults: Field[] = []
  if (!(typeof form.percent === 'number' && form.percent > 50 && form.percent < 100)) faults.push('percent')
  if (!whole(form.sample, 10, 100_000)) faults.push('sample')
  if (!whole(form.days, 1, 366)) faults.push('days')
  if (!whole(form.audit, 1, 100)) faults.push('audit')
  if (!form.confirms && !form.files) faults.push('does')
  return faults
}

export function limitsOf(form: Form): Limits {
  return {
    confirms: form.confirms, files: form.files, min_precision: Math.round(Number(form.percent) * 10) / 1000, min_sample: Number(form.sample), window_days: Number(form.days), audit_percent: Number(form.audit),
  }
}

export const sameLimits = (form: Form, item: Automation): boolean => item.version > 0 && JSON.stringify(limitsOf(form)) === JSON.stringify(limitsOf(formOf(item)))

const Z = 1.959963984540054

/** How many findings, all of them true, it takes at the least; the same formula as the platform's. */
export function neededFor(form: Form): number {
  const share = Number(form.percent) / 100
  return Math.max(Number(form.sample), Math.ceil((Z * Z * share) / (1 - share) - 1e-9))
}

/** What can be switched at all first, then what is on, by name: the rows that somebody has to decide about stand on top. */
export function inOrder(items: readonly Automation[]): Automation[] {
  const never = (item: Automation): number => (item.why_not === 'about_person' || item.why_not === 'suspected' || item.why_not === 'no_scenario' ? 2 : item.state === 'on' || item.state === 'stopped' ? 0 : 1)
  return [...items].sort((one, other) => never(one) - never(other) || nameOf(one).localeCompare(nameOf(other), 'zh'))
}

export const nameOf = (item: Automation): string => item.scenario?.name ?? item.rule
