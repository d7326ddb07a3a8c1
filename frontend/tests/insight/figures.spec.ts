import { describe, expect, it } from 'vitest'
import type { Assessment } from '@/modules/insight/calls'
import { cornersOf, isPeriod, lastDays, spanOf, tableOf, turn, written } from '@/modules/insight/figures'

const cell = (value: number | null, before: number | null) => ({ value, before, measures: {} })

describe('figures of the assessment', () => {
  it('counts days by the city, not by the browser', () => {
    expect(lastDays(7, Date.parse('2026-11-21T17:00:00Z'))).toEqual({ first: '2026-11-16', last: '2026-11-22' })
  })
  it('takes a period of one day to a year', () => {
    expect([spanOf({ first: '2026-11-22', last: '2026-11-22' }), isPeriod({ first: '2026-11-23', last: '2026-11-22' }), isPeriod({ first: '2025-01-01', last: '2026-11-22' })]).toEqual([1, false, false])
  })
  it('writes shares, times and the absence of data', () => {
    expect([written(0.9512, 'share', '无数据', 'zh-CN'), written(45.4, 'minutes', '-', 'zh-CN'), written(330, 'minutes', '-', 'zh-CN'), written(4380, 'minutes', '-', 'zh-CN'), written(null, 'share', '无数据', 'zh-CN')])
      .toEqual(['95.1%', '45分', '5小时30分', '3天1小时', '无数据'])
    expect([written(45.4, 'minutes', '-', 'en'), written(330, 'minutes', '-', 'en')]).toEqual(['45 min', '5 h 30 min'])
  })
  it('tells better from worse, and nothing where there is no data', () => {
    expect([turn(cell(0.9, 0.8), true), turn(cell(0.9, 0.8), false), turn(cell(null, 0.8), true), turn(cell(0.5, 0.5), true)]).toEqual(['better', 'worse', null, null])
  })
  it('finds the corners around the places of a map', () => {
    expect([cornersOf([]), cornersOf([{ lng: 118.7, lat: 32.1 }, { lng: 118.6, lat: 32.2 }])]).toEqual([null, [[118.6, 32.1], [118.7, 32.2]]])
  })
  it('exports the table with its whole', () => {
    const indicator = { code: 'a', name: '结案率', name_en: 'closing rate', formula: 'x', unit: 'share' as const, higher_is_better: true, explanation: '', measures: [] }
    const found: Assessment = {
      subject: 'area', first: '2026-11-01', last: '2026-11-22', read_until: null, indicators: [indicator], rows: [{ key: 1, name: '望江街道', cells: { a: cell(0.5, null) } }], whole: { a: cell(null, null) },
    }
    expect(tableOf(found, false, '合计')).toEqual({ columns: ['', '结案率'], rows: [['望江街道', 0.5], ['合计', null]] })
  })
})
