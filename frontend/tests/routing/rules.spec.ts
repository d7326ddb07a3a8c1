import { describe, expect, test } from 'vitest'
import type { Outcome, Rule } from '@/modules/routing/calls'
import { contentOf, differences, editingOf, EMPTY, moved, movedTo, placeOf, sameContent } from '@/modules/routing/rules'

const outcome = (changed: Partial<Outcome> = {}): Outcome => ({ lead: '城管局', lead_by: 'type', owner: '', co_units: [], level: null, automatic: false, ...changed })
const rule = (changed: Partial<Rule> = {}): Rule => ({
  id: 1, version: 1, edition: 1, position: 10, name: '夜市', state: 'draft', expression: 'true', lead_unit_code: 'gongan', lead_unit_name: '公安分局', lead_office_code: '', owner_level: '',
  co_unit_codes: [], co_unit_names: [], level: null, note: '', automatic: false, replaces_id: null, edited_at: '2026-11-22T02:00:00Z', edited_by: '陈值班', switched_at: null, switched_by: '',
  replayed_at: null, replay_is_current: false, replay: null, problem: '', problem_at: null, may_switch_on: false, may_edit: true, area_path: '', area_label: '', ...changed,
})

describe('the order of rules', () => {
  test('a rule moves by one place and stays at the ends', () => {
    expect(moved([1, 2, 3], 2, -1)).toEqual([2, 1, 3])
    expect(moved([1, 2, 3], 3, 1)).toEqual([1, 2, 3])
    expect(moved([1, 2, 3], 9, 1)).toEqual([1, 2, 3])
  })

  test('a dragged rule takes the place it is dropped on', () => {
    expect(movedTo([1, 2, 3, 4], 4, 2)).toEqual([1, 4, 2, 3])
    expect(movedTo([1, 2, 3, 4], 1, 3)).toEqual([2, 3, 1, 4])
  })
})

describe('what an editor holds', () => {
  test('only the way of naming the lead that was chosen is sent', () => {
    const editing = { ...EMPTY, name: ' 夜市 ', lead_by: 'office' as const, lead_unit_code: 'gongan', lead_office_code: 'zhifa', automatic: true }
    expect(contentOf(editing)).toMatchObject({ name: '夜市', lead_unit_code: '', lead_office_code: 'zhifa', automatic: true })
    expect(contentOf({ ...editing, lead_by: 'none' })).toMatchObject({ lead_unit_code: '', lead_office_code: '', automatic: false })
  })

  test('a rule that was not touched is the same content', () => {
    const editing = editingOf(rule({ lead_unit_code: '', lead_office_code: 'zhifa' }))
    expect(editing.lead_by).toBe('office')
    expect(sameContent(editing, editingOf(rule({ lead_unit_code: '', lead_office_code: 'zhifa' })))).toBe(true)
    expect(sameContent({ ...editing, note: '新' }, editing)).toBe(false)
  })
})

test('a replay tells only what would be another', () => {
  expect(differences(outcome(), outcome({ lead: '公安分局', level: 2, automatic: true }))).toEqual([
    { what: 'lead', now: '城管局', then: '公安分局' }, { what: 'level', now: '', then: 'level.2' }, { what: 'automatic', now: 'routing.no', then: 'routing.yes' },
  ])
  expect(differences(outcome(), outcome())).toEqual([])
})

test('the place of a fault is found by line and column', () => {
  expect(placeOf('level == 1 &&\n  zone', 2, 3)).toBe(16)
  expect(placeOf('level', 9, 9)).toBe(5)
})
