import { expect, test } from 'vitest'
import { metresBetween, reasonOf } from '@/modules/field/position'
import { missingInResult, nextStep, stepsDone } from '@/modules/field/steps'

test('the step to offer follows the state', () => {
  expect((['issued', 'seen', 'accepted', 'arrived', 'done', 'withdrawn'] as const).map((state) => nextStep({ state, on_site: true }, []))).toEqual([
    'accept', 'accept', 'arrive', 'done', null, null,
  ])
})

test('steps made without a network count, although the server does not know them yet', () => {
  expect(nextStep({ state: 'issued', on_site: true }, ['accept', 'arrive'])).toBe('done')
  expect(stepsDone({ state: 'issued' }, ['accept'])).toBe(1)
})

test('a task that is done from a seat has no arrival', () => {
  expect(nextStep({ state: 'accepted', on_site: false }, [])).toBe('done')
})

test('a step the back end does not allow is not offered', () => {
  expect(nextStep({ state: 'accepted', on_site: true, allowed_moves: [] }, [])).toBeNull()
})

test('a result needs a finding and a photo; a finding against must say why', () => {
  expect(missingInResult({ passed: null, note: '', photos: 0 })).toEqual(['passed', 'photos'])
  expect(missingInResult({ passed: true, note: '', photos: 1 })).toEqual([])
  expect(missingInResult({ passed: false, note: ' ', photos: 1 })).toEqual(['note'])
})

test('the reasons a phone gives no position', () => {
  expect([1, 2, 3].map(reasonOf)).toEqual(['refused', 'unavailable', 'slow'])
})

test('a hundredth of a degree of latitude is 1.1 km', () => {
  expect(Math.round(metresBetween({ lng: 118.7, lat: 32 }, { lng: 118.7, lat: 32.01 }))).toBe(1112)
})
