/** When boundaries are published every open page shows them without being loaded again: lists, outlines, tiles. */
import type { QueryClient } from '@tanstack/vue-query'
import type { useLiveStore } from '@/live'
import { groundChanged } from '@/shared/map/renewal'

/** First words of the keys under which pages keep what hangs on the division tree. */
export const ON_THE_TREE: ReadonlySet<unknown> = new Set(['areas', 'area-outlines', 'communities', 'responsibility-gaps', 'grid-team', 'who-answers', 'duty-zones', 'duty-zone-people', 'unit-grids', 'components', 'component', 'sensors', 'sensor'])
/** Every screen of a city hears of it at once; they ask spread over this time. */
export const SPREAD_MS = 3000

export function renewGround(live: Pick<ReturnType<typeof useLiveStore>, 'on' | 'onRefetch'>, queries: Pick<QueryClient, 'invalidateQueries'>, random: () => number = Math.random): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  live.on('areas.changed', () => {
    timer ??= setTimeout(() => {
      timer = undefined
      void queries.invalidateQueries({ predicate: (query) => ON_THE_TREE.has(query.queryKey[0]) })
      groundChanged()
    }, random() * SPREAD_MS)
  })
  // What was missed may have been a publication; a page that has only just begun holds nothing old.
  live.onRefetch((reason) => (reason === 'epoch' || reason === 'too_old') && groundChanged())
}
