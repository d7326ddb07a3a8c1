import { expect, test } from 'vitest'
import { freeNumber, inOrder, matches, treeOf } from '@/modules/catalogue/tree'
import { list, row } from './factories'

const vending = row()
const own = row({ code: 'night_market', number: '0599', sub_code: '99', name: '夜市占道', is_starting_set: false })
const gone = row({ code: 'old_stall', number: '0598', sub_code: '98', name: '旧摊亭', is_current: false })
const cover = row({ code: 'manhole_cover', number: '0101', category: 'part', main_class: '公用设施', name: '井盖缺失' })

test('every main class has its place, also the empty ones, while nothing is looked for', () => {
  const tree = treeOf(list(vending, own, gone, cover), '', 'in_force')
  expect(tree.map((node) => [node.category, node.count])).toEqual([['part', 1], ['event', 2], ['governance', 0]])
  expect(tree[1]?.mains.map((main) => [main.name, main.types.length])).toEqual([['市容环境', 0], ['街面秩序', 2]])
})

test('looking for something leaves only what fits', () => {
  const tree = treeOf(list(vending, own, cover), '夜市', 'in_force')
  expect(inOrder(tree).map((one) => one.code)).toEqual(['night_market'])
  expect(tree).toHaveLength(1)
})

test('what the site made itself and what is retired are kept apart', () => {
  expect(inOrder(treeOf(list(vending, own, gone), '', 'own')).map((one) => one.code)).toEqual(['night_market'])
  expect(inOrder(treeOf(list(vending, own, gone), '', 'retired')).map((one) => one.code)).toEqual(['old_stall'])
})

test('a type of a main class that is gone still has its place', () => {
  expect(inOrder(treeOf(list(row({ main_class: '水上秩序' })), '', 'in_force'))).toHaveLength(1)
})

test('every word that is typed must be somewhere: name, number, code, main class or department', () => {
  expect(matches(vending, '占道 0501')).toBe(true)
  expect(matches(vending, '城市管理局 STREET')).toBe(true)
  expect(matches(vending, '占道 0502')).toBe(false)
})

test('a local sub class gets the highest number that is free', () => {
  expect(freeNumber(list(own, vending), 'event', '街面秩序')).toBe('98')
  expect(freeNumber(list(gone), 'event', '街面秩序')).toBe('99')
})
