import { expect, test } from 'vitest'
import type { Me } from '@/api/types'
import { heldAreas, ownPart } from '@/modules/session/reach'

const who = (...held: [string, string | null][]): Pick<Me, 'grants'> => ({
  grants: held.map(([role, path]) => ({ role, unit: null, area: path === null ? null : { path, name: path } })) as unknown as Me['grants'],
})
const TREE = ['grid_admin', 'system_admin'] as const

test('who holds the district, or all above it, begins with the district', () => {
  expect(ownPart(who(['grid_admin', '3299.05']), TREE, '3299.05')).toBe('3299.05')
  expect(ownPart(who(['system_admin', '3299']), TREE, '3299.05')).toBe('3299.05')
})

test('who holds one street begins there, whatever else they are in other roles', () => {
  expect(ownPart(who(['leader', '3299.05'], ['grid_admin', '3299.05.007']), TREE, '3299.05')).toBe('3299.05.007')
  expect(ownPart(who(['grid_admin', '3299.05.007.001'], ['grid_admin', '3299.05.008']), TREE, '3299.05')).toBe('3299.05.008')
})

test('a label that only begins alike is another area', () => {
  expect(ownPart(who(['grid_admin', '3299.051']), TREE, '3299.05')).toBe('3299.05')
  expect(heldAreas(who(['grid_admin', null], ['leader', '3299.05']), TREE)).toEqual([])
})
