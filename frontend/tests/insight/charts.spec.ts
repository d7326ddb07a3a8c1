import { describe, expect, it } from 'vitest'
import { askedOf, tabsOf } from '@/modules/insight/asked'
import type { Risk, Running } from '@/modules/insight/calls'
import { forecastOption, onTimeOption, onTimeTable, stepsTable, volumeTable } from '@/modules/insight/charts'
import { levelsTable } from '@/modules/insight/alarmNumbers'
import { levelOfCount } from '@/modules/insight/figures'
import { reasonOf, risksByKind } from '@/modules/insight/risk'

const t = (key: string): string => key.split('.').at(-1)!
const days: Running['days'] = [{ day: '2026-11-21', received: 4, closed: 2, on_time_rate: 0.5 }, { day: '2026-11-22', received: 0, closed: 0, on_time_rate: null }]
const risk = (changes: Partial<Risk> = {}): Risk => ({
  id: 1, kind: 'outbreak', level: 'grid', area_path: 'c.d', area_name: '1号网格', type_code: 'a', type_name: '占道经营', rank: 2, rule: '激增', rule_en: 'surge', statistic: 'surge', value: 3.5, threshold: 3,
  current: 7, past: [2, 2, 1, 3], window_days: 7, begins: '2026-11-15T00:00:00Z', ends: '2026-11-22T00:00:00Z', ...changes,
})

describe('charts and their tables', () => {
  it('show the same figures, and no data as no data', () => {
    expect(volumeTable(days, t)).toEqual({ columns: ['day', 'received', 'closed'], rows: [['2026-11-21', 4, 2], ['2026-11-22', 0, 0]] })
    expect(onTimeTable(days, t).rows).toEqual([['2026-11-21', 50], ['2026-11-22', null]])
    expect(onTimeOption(days, t)).toMatchObject({ series: [{ data: [50, null], connectNulls: false }] })
  })
  it('draw the band of a forecast from its lower to its upper edge', () => {
    const option = forecastOption([{ day: '2026-11-23', value: 5, low: 3.2, high: 6.8 }], t) as { series: { data: number[] }[] }
    expect(option.series.map((one) => one.data)).toEqual([[3.2], [3.6], [5]])
  })
  it('name the steps and the levels', () => {
    expect(stepsTable([{ step: 'sign', measure: 'sign_minutes', events: 0, median_minutes: null, ninetieth_minutes: null }], t).rows).toEqual([['sign', 0, null, null]])
    expect(levelsTable([{ level: 'other', count: 8, share: 0.8, target: 0.8 }], t).table.rows).toEqual([['other', 8, 80, 80]])
  })
})

describe('what is asked', () => {
  const now = Date.parse('2026-11-22T04:00:00Z')
  it('stands in the address, and what is not chosen is left out', () => {
    expect(askedOf({}, now)).toEqual({ first: '2026-10-24', last: '2026-11-22' })
    expect(askedOf({ first: '2026-11-01', area: 'c.d.s', type_code: 'a', source: 'video', unit: '7' }, now)).toEqual({ first: '2026-11-01', last: '2026-11-22', area: 'c.d.s', type_code: 'a', source: 'video', unit: 7 })
    expect(askedOf({ unit: 'x', area: ['a', 'b'] }, now)).toEqual({ first: '2026-10-24', last: '2026-11-22' })
  })
  it('shows a department only what it led itself', () => {
    expect(tabsOf(['department_desk'])).toEqual(['running', 'handling', 'assessment'])
    expect(tabsOf(['department_desk', 'leader'])).toHaveLength(6)
  })
})

describe('risk', () => {
  it('says what was counted, against what, and the threshold', () => {
    expect(reasonOf(risk())).toEqual({ key: 'insight.risk.why.surge', values: { days: 7, current: 7, usual: 2, value: 3.5, threshold: 3, windows: 4 } })
    expect(reasonOf(risk({ statistic: 'number', past: [] })).values.usual).toBe(0)
  })
  it('is listed by kind, kinds without any included', () => {
    expect(risksByKind([risk(), risk({ id: 2, kind: 'backlog' })]).map((group) => [group.kind, group.items.map((one) => one.id)])).toEqual([['outbreak', [1]], ['cycle', []], ['spread', []], ['backlog', [2]]])
  })
  it('marks what comes back often more strongly', () => {
    expect([3, 4, 6, 10].map(levelOfCount)).toEqual([4, 3, 2, 1])
  })
})
