/** What a number that was drilled into is called. Pure. */
import type { StreetFigures } from '@/api/types'

type Say = (key: string, values?: Record<string, unknown>) => string
export interface Drill { figure: string; key: string }

export const FIGURES = ['received', 'open', 'near_due', 'overdue', 'late'] as const
/** Numbers that stand for one of many: which one is told beside them. */
export const KEYED = ['source', 'street', 'stage'] as const
export const STAGES = ['discover', 'verify', 'dispatch', 'handle', 'feedback', 'evaluate'] as const

const among = (names: readonly string[], name: string): boolean => names.includes(name)

/** The number an address asks for; null where there is none of this name, or a stage of this name. */
export function drillOf(figure: string, key: string): Drill | null {
  if (among(FIGURES, figure)) return { figure, key: '' }
  if (!among(KEYED, figure) || key === '' || (figure === 'stage' && !among(STAGES, key))) return null
  return { figure, key }
}

/** Words of the page alone: a channel or an area that the page has no name for is told as such, and its key beside it. */
export function drillTitle(drill: Drill, streets: readonly Pick<StreetFigures, 'path' | 'name'>[], t: Say, te: (key: string) => boolean): string {
  const known = drillOf(drill.figure, drill.key)
  if (known === null) return t('wall.drill.unknown')
  const { figure, key } = known
  if (figure === 'street') return t('wall.drill.street', { name: streets.find((one) => one.path === key)?.name ?? t('wall.drill.otherArea', { key }) })
  if (figure === 'source') return t('wall.drill.source', { name: te(`source.${key}`) ? t(`source.${key}`) : t('wall.drill.otherSource', { key }) })
  if (figure === 'stage') return t('wall.drill.stage', { name: t(`stage.${key}`) })
  return t(`wall.drill.${figure}`)
}
