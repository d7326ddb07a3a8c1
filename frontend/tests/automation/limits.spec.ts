import { describe, expect, test } from 'vitest'
import type { Automation } from '@/modules/automation/calls'
import { faultsOf, formOf, inOrder, limitsOf, neededFor, sameLimits } from '@/modules/automation/limits'
import { automation } from './automation'

describe('the form', () => {
  test('shares are typed in percent and sent as shares', () => {
    const form = formOf(automation({ min_precision: 0.965 }))
    expect(form.percent).toBe(96.5)
    expect(limitsOf(form).min_precision).toBe(0.965)
  })

  test('what cannot be measured by is a fault', () => {
    const form = formOf(automation())
    expect(faultsOf(form)).toEqual([])
    expect(faultsOf({ ...form, percent: 100, sample: 0, days: '', audit: 1.5, confirms: false, files: false })).toEqual(['percent', 'sample', 'days', 'audit', 'does'])
  })

  test('a proposal is not saved yet, though nothing was changed', () => {
    expect(sameLimits(formOf(automation()), automation())).toBe(true)
    const proposal = automation({ version: 0, state: 'none' })
    expect(sameLimits(formOf(proposal), proposal)).toBe(false)
    expect(sameLimits({ ...formOf(automation()), audit: 9 }, automation())).toBe(false)
  })
})

test('the least sample is the one of the platform', () => {
  const needed = (percent: number, sample: number): number => neededFor({ ...formOf(automation()), percent, sample })
  expect([needed(90, 10), needed(95, 10), needed(97, 10), needed(90, 200)]).toEqual([35, 73, 125, 200])
})

test('what is on stands first and what never can be stands last', () => {
  const named = (name: string, changed: Partial<Automation>): Automation => ({ ...automation(changed), scenario: { ...automation().scenario!, name } })
  const rows = [named('甲', { why_not: 'about_person' }), named('乙', { why_not: 'off', state: 'off' }), named('丙', { state: 'on' }), named('丁', { state: 'stopped', why_not: 'stopped' })]
  expect(inOrder(rows).map((row) => row.scenario?.name)).toEqual(['丙', '丁', '乙', '甲'])
})
