import { describe, expect, test } from 'vitest'
import { initials, meansName, meansNumber, parseCommand } from '@/modules/desk/command'

describe('a command', () => {
  test.each([
    ['派 网格员07 0342', { kind: 'move', verb: 'dispatch', numbers: ['0342'], words: ['网格员07'] }],
    ['到 0342 执法12', { kind: 'move', verb: 'arrive', numbers: ['0342'], words: ['执法12'] }],
    ['结 0342', { kind: 'move', verb: 'close', numbers: ['0342'], words: [] }],
    ['结0342', { kind: 'move', verb: 'close', numbers: ['0342'], words: [] }],
    ['0342 结案', { kind: 'move', verb: 'close', numbers: ['0342'], words: [] }],
    ['并 0342 0341', { kind: 'move', verb: 'merge', numbers: ['0342', '0341'], words: [] }],
    ['派　城管局　２０２６１１２２－０００３４２', { kind: 'move', verb: 'dispatch', numbers: ['20261122-000342'], words: ['城管局'] }],
    ['close 0342', { kind: 'move', verb: 'close', numbers: ['0342'], words: [] }],
  ])('%s', (typed, meant) => expect(parseCommand(typed)).toEqual(meant))

  test.each([
    ['0342', { kind: 'number', number: '0342' }],
    ['20261122-000342', { kind: 'number', number: '20261122-000342' }],
    ['13800138000', { kind: 'phone', phone: '13800138000' }],
    ['025-84201234', { kind: 'phone', phone: '02584201234' }],
    ['友谊路 12 号', { kind: 'text', text: '友谊路 12 号' }],
    ['结合部卫生', { kind: 'text', text: '结合部卫生' }],
    ['派出所门口占道', { kind: 'text', text: '派出所门口占道' }],
    ['   ', { kind: 'empty' }],
  ])('%s is no order', (typed, meant) => expect(parseCommand(typed)).toEqual(meant))
})

test('the end of a number means the case, whatever day it is of', () => {
  expect(['0342', '342', '000342', '20261122-000342', '0343'].map((typed) => meansNumber(typed, '20261122-000342'))).toEqual([true, true, true, true, false])
  expect(meansNumber('0342', null)).toBe(false)
})

test('a name is found by a part of it or by the first letters of its pinyin', () => {
  expect([initials('网格员07'), initials('城市管理局'), initials('住建')]).toEqual(['wgy07', 'csglj', 'zj'])
  expect([meansName('07', '网格员07'), meansName('wgy', '网格员07'), meansName('cg', '城市管理局'), meansName('csgl', '城市管理局'), meansName('', '城管')]).toEqual([true, true, false, true, false])
})
