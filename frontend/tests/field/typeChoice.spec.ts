import { expect, test } from 'vitest'
import type { EventType } from '@/api/types'
import { favourites, search } from '@/modules/field/typeChoice'

const type = (code: string, name: string, main_class = '公用设施') => ({ code, name, main_class }) as unknown as EventType
const types = Array.from({ length: 12 }, (_, index) => type(String(index), `类型${index}`))

test('eight types are offered, those used last on this phone first', () => {
  expect(favourites(types, ['7', '3', 'gone']).map((one) => one.code)).toEqual(['7', '3', '0', '1', '2', '4', '5', '6'])
})

test('a few letters of the name or of the class find a type', () => {
  const all = [type('a', '井盖缺失破损'), type('b', '路灯故障'), type('c', '暴露垃圾', '市容环境')]
  expect([search(all, '井盖'), search(all, '市容'), search(all, '没有')].map((found) => found.map((one) => one.code))).toEqual([['a'], ['c'], []])
})
