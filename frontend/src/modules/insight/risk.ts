/** Risk as people read it: the reason of a finding in words, and the findings by kind. Pure. */
import type { Risk } from './calls'

export const RISK_KINDS = ['outbreak', 'cycle', 'spread', 'backlog'] as const
export const RISK_LEVELS = ['district', 'street', 'community', 'grid'] as const

/** What was counted, against what, and the threshold it reached. */
export function reasonOf(risk: Risk): { key: string; values: Record<string, string | number> } {
  const usual = risk.past.length === 0 ? 0 : Math.round((risk.past.reduce((sum, number) => sum + number, 0) / risk.past.length) * 10) / 10
  return {
    key: `insight.risk.why.${risk.statistic}`,
    values: { days: risk.window_days, current: risk.current, usual, value: risk.value, threshold: risk.threshold, windows: risk.past.length },
  }
}

export const risksByKind = (items: readonly Risk[]): { kind: Risk['kind']; items: Risk[] }[] =>
  RISK_KINDS.map((kind) => ({ kind, items: items.filter((one) => one.kind === kind) }))
