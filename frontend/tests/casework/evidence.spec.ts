import { expect, test } from 'vitest'
import type { Attachment } from '@/api/types'
import { pictureGroups } from '@/modules/casework/evidence'
import { alertRow } from '../desk/rows'

const photo = (id: number, purpose: string, kind = 'photo') =>
  ({ id, url: `/media/${id}`, thumb_url: null, kind, purpose, blurred: true, created_at: '2026-11-22T06:00:00Z', by: '张红' }) as unknown as Attachment

test('pictures stand in the order of the loop, whatever order they came in', () => {
  const groups = pictureGroups([], [photo(1, 'check'), photo(2, 'after'), photo(3, 'report'), photo(4, 'after')])
  expect(groups.map((group) => [group.purpose, group.pictures.map((picture) => picture.id)])).toEqual([['report', [3]], ['after', [2, 4]], ['check', [1]]])
})

test('a still that is an attachment already is not shown twice', () => {
  const groups = pictureGroups([alertRow({ still_url: '/media/9' })], [photo(9, 'evidence', 'still')])
  expect(groups.map((group) => group.pictures.length)).toEqual([1])
})

test('the still of an alert comes first', () => {
  expect(pictureGroups([alertRow({})], [photo(1, 'report')]).map((group) => group.purpose)).toEqual(['still', 'report'])
})
