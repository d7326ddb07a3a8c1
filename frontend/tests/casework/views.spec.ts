import { beforeEach, expect, test } from 'vitest'
import { readViews, withoutView, withView, writeViews } from '@/modules/casework/views'

beforeEach(() => localStorage.clear())

test('a view is kept for its person and page, and one of the same name is replaced', () => {
  const views = withView(withView([], { name: ' 夜班 ', query: { stage: 'handle' } }), { name: '夜班', query: { stage: 'verify' } })
  writeViews('desk', 3, views)
  expect([readViews('desk', 3), readViews('desk', 4), readViews('tickets', 3)]).toEqual([[{ name: '夜班', query: { stage: 'verify' } }], [], []])
})

test('a view without a name is none, and one that is dropped is gone', () => {
  expect(withView([], { name: ' ', query: {} })).toEqual([])
  expect(withoutView([{ name: 'a', query: {} }, { name: 'b', query: {} }], 'a').map((view) => view.name)).toEqual(['b'])
})

test('what somebody else wrote into the storage is left aside', () => {
  localStorage.setItem('yiwang.views.desk.3', '[{"name":"a","query":{}},7,{"name":2}]')
  expect(readViews('desk', 3).map((view) => view.name)).toEqual(['a'])
})
