/** What a number that was drilled into is called. Pure. */
import type { StreetFigures } from '@/api/types'

type Say = (key: string, values?: Record<string, unknown>) => string

export const FIGURES = ['received', 'open', 'near_due', 'overdue', 'late'] as const
export const STAGES = ['discover', 'verify', 'dispatch', 'handle', 'feedback', 'evaluate'] as const

export function drillTitle(drill: { figure: string; key: string }, streets: readonly Pick<StreetFigures, 'path' | 'name'>[], t: Say, te: (key: string) => boolean): string {
  if (drill.figure === 'street') return t('wall.drill.street', { name: streets.find((one) => one.path === drill.key)?.name ?? drill.key })
  if (drill.figure === 'source') return t('wall.drill.source', { name: te(`source.${drill.key}`) ? t(`source.${drill.key}`) : drill.key })
  if (drill.figure === 'stage') return t('wall.drill.stage', { name: t(`stage.${drill.key}`) })
  return t(`wall.drill.${drill.figure}`)
}
