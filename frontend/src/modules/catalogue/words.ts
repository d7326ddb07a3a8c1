import { useI18n } from 'vue-i18n'
import type { CatalogueList, Change } from './calls'
import { FLAGS } from './form'

const CHOICES: Record<string, string> = { category: 'category', report_group: 'group', check_mode: 'check', limit_type: 'measure' }
const isFlag = (field: string): boolean => (FLAGS as readonly string[]).includes(field)

/** Fields and values of the catalogue in the reader's words. */
export function useCatalogueWords(list: () => CatalogueList | undefined) {
  const { t, te } = useI18n()

  function fieldName(field: string): string {
    return te(`catalogue.field.${field}`) ? t(`catalogue.field.${field}`) : field
  }

  function valueName(field: string, value: string | null): string {
    if (value === null || value === '') return t('catalogue.nothing')
    if (isFlag(field)) return t(value === 'true' ? 'catalogue.yes' : 'catalogue.no')
    if (field === 'default_level') return t(`level.${value}`)
    if (field === 'default_unit_code') return list()?.units.find((unit) => unit.code === value)?.name ?? value
    if (field === 'scenario_code') return list()?.scenarios.find((one) => one.code === value)?.name ?? value
    const choice = CHOICES[field]
    return choice && te(`catalogue.${choice}.${value}`) ? t(`catalogue.${choice}.${value}`) : value
  }

  const limitName = (amount: string, measure: string): string => t(`catalogue.limit.${measure}`, { amount })

  /** What a change is about: the field, and the condition whose field it is. */
  const aboutOf = (change: Change): string =>
    change.condition ? t('catalogue.ofCondition', { code: change.condition, field: fieldName(change.field) }) : fieldName(change.field)

  return { fieldName, valueName, limitName, aboutOf }
}
