import { QueryClient } from '@tanstack/vue-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renewGround, SPREAD_MS } from '@/app/ground'
import { onGroundChanged } from '@/shared/map/renewal'

type Handler = (payload: never) => void

/** The stream of live updates as far as it matters here. */
function stream() {
  const heard: Record<string, Handler> = {}
  let refetch: (reason: 'epoch' | 'too_old' | 'rights' | 'gap') => void = () => {}
  const live = { on: (type: string, handler: Handler) => ((heard[type] = handler), () => true), onRefetch: (handler: typeof refetch) => ((refetch = handler), () => {}) }
  return { live: live as never, publish: () => heard['areas.changed']!({} as never), miss: (reason: Parameters<typeof refetch>[0]) => refetch(reason) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a publication renews lists, outlines and tiles once, however many updates tell of it', async () => {
  const queries = new QueryClient()
  for (const key of [['areas', 'outlines', 'street'], ['area-outlines', 'grid', ''], ['components', {}], ['messages']]) queries.setQueryData(key, 1)
  const { live, publish } = stream()
  const map = vi.fn<() => void>()
  const leave = onGroundChanged(map)
  renewGround(live, queries, () => 0.5)
  publish()
  publish()
  expect(map).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(SPREAD_MS)
  expect(map).toHaveBeenCalledTimes(1)
  expect(queries.getQueryCache().getAll().map((query) => [query.queryKey[0], query.state.isInvalidated])).toEqual([['areas', true], ['area-outlines', true], ['components', true], ['messages', false]])
  leave()
})

test('what was missed may have been a publication, but a page that has just begun holds nothing old', () => {
  const { live, miss } = stream()
  const map = vi.fn<() => void>()
  const leave = onGroundChanged(map)
  renewGround(live, new QueryClient())
  miss('gap')
  expect(map).not.toHaveBeenCalled()
  miss('too_old')
  expect(map).toHaveBeenCalledTimes(1)
  leave()
  miss('epoch')
  expect(map).toHaveBeenCalledTimes(1)
})
