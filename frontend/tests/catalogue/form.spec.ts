import { expect, test } from 'vitest'
import { contentOf, differs, faultsOf, movedCondition, newCondition, newType, valuesOf } from '@/modules/catalogue/form'
import { list, row, type } from './factories'

const known = list(row(), row({ code: 'other', name: '店外经营', sub_code: '02', number: '0502' }))
const changed = (changes: object) => ({ ...valuesOf(type()), ...changes })
const withCondition = (changes: object) => changed({ conditions: [{ ...newCondition(), text: '占用车行道摆摊', limit_amount: '2', limit_type: 'working_hours', ...changes }] })

test('a type as it stands has nothing wrong and is no change', () => {
  expect(faultsOf(valuesOf(type()), known, false)).toEqual({})
  expect(differs(valuesOf(type()), valuesOf(type()))).toBe(false)
})

test.each([
  [{ name: ' ' }, { name: 'name' }],
  [{ sub_code: '00' }, { sub_code: 'number' }],
  [{ sub_code: '02' }, { sub_code: 'numberTaken' }],
  [{ default_unit_code: 'gremlins' }, { default_unit_code: 'unit' }],
  [{ main_class: '海上秩序' }, { main_class: 'mainClass' }],
  [{ conditions: [] }, { conditions: 'conditions' }],
])('%o is told at its field', (changes, faults) => {
  expect(faultsOf(changed(changes), known, false)).toEqual(faults)
})

test.each([
  [{ limit_amount: '0' }, { 'conditions.0.limit_amount': 'limit' }],
  [{ limit_amount: '-1' }, { 'conditions.0.limit_amount': 'limit' }],
  [{ limit_amount: '' }, { 'conditions.0.limit_amount': 'limit' }],
  [{ limit_amount: '两' }, { 'conditions.0.limit_amount': 'limit' }],
  [{ limit_amount: '900' }, { 'conditions.0.limit_amount': 'limitRange' }],
  [{ text: '占道' }, { 'conditions.0.text': 'condition' }],
])('a condition with %o is told at its field', (changes, faults) => {
  expect(faultsOf(withCondition(changes), known, false)).toEqual(faults)
})

test('the same condition twice is told at the second', () => {
  const one = withCondition({}).conditions[0]!
  expect(faultsOf(changed({ conditions: [one, { ...one, key: 99 }] }), known, false)).toEqual({ 'conditions.1.text': 'conditionTwice' })
})

test('a new type gets the highest free number and needs a code of its own', () => {
  const fresh = newType(known, 'event', '街面秩序')
  expect(fresh.sub_code).toBe('99')
  expect(faultsOf({ ...fresh, code: 'street_vending' }, known, true).code).toBe('codeTaken')
  expect(faultsOf({ ...fresh, code: 'Ünknown' }, known, true).code).toBe('code')
})

test('what is sent has numbers where the platform wants numbers, and no keys of the page', () => {
  const sent = contentOf(valuesOf(type()))
  expect(sent.conditions).toEqual([{ code: 'blocking', text: '占用主干道或阻塞交通', closing_standard: '摊点离开', limit_type: 'urgent_hours', limit_amount: 2 }])
  expect('code' in sent).toBe(false)
})

test('a reason alone is no change, another order of conditions is one', () => {
  const two = { ...valuesOf(type()), conditions: [newCondition(), newCondition()].map((one, index) => ({ ...one, text: `条件 ${index}` })) }
  expect(differs({ ...two, note: '为什么' }, two)).toBe(false)
  expect(differs({ ...two, conditions: movedCondition(two.conditions, 0, 1) }, two)).toBe(true)
  expect(movedCondition(two.conditions, 1, 1)).toBe(two.conditions)
})
