import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { fetchAreaOutlines, fetchWallSnapshot } from '@/api/endpoints'
import { askAgain } from '@/api/kept'
import type { WallSnapshot } from '@/api/types'
import { useLive, useLiveStore } from '@/live'
import { fetchMuster, fetchNear } from './calls'
import { withAlert, withCamera, withEvent, withoutGone } from './snapshot'

const KEY = ['wall', 'snapshot'] as const
/** Figures are reckoned again this long after a change, and no more often than this under a flood of them. */
const REFETCH_AFTER_MS = 1500
/** Figures that change with time alone, as what is overdue, are reckoned again this often. */
const REFETCH_EVERY_MS = 60_000

/** The wall's figures: fetched once, kept up to date by live updates, reckoned again shortly after each change. */
export function useWallSnapshot() {
  const client = useQueryClient()
  const live = useLiveStore()
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => fetchWallSnapshot(undefined, signal),
    refetchInterval: REFETCH_EVERY_MS,
    refetchIntervalInBackground: true,
    staleTime: Infinity,
    retry: 1,
  })

  watch(query.data, (snapshot) => snapshot && live.place(snapshot.as_of, snapshot.epoch), { immediate: true })

  let timer: ReturnType<typeof setTimeout> | null = null
  function reckonSoon(): void {
    timer ??= setTimeout(() => {
      timer = null
      void askAgain(client, KEY)
    }, REFETCH_AFTER_MS)
  }
  onScopeDispose(() => timer !== null && clearTimeout(timer))

  const patch = (change: (snapshot: WallSnapshot) => WallSnapshot): void => {
    client.setQueryData<WallSnapshot>(KEY, (snapshot) => snapshot && change(snapshot))
  }

  useLive('alert.changed', (update) => {
    patch((snapshot) => withAlert(snapshot, update))
    reckonSoon()
  })
  useLive('event.changed', (update) => {
    patch((snapshot) => withEvent(snapshot, update))
    reckonSoon()
  })
  useLive('order.changed', reckonSoon)
  useLive('gone', (gone) => {
    patch((snapshot) => withoutGone(snapshot, gone))
    reckonSoon()
  })
  useLive('camera.state', (update) => patch((snapshot) => withCamera(snapshot, update)))

  return query
}

/** Outlines change with the division tree, which is rare: fetched once per page. */
export function useStreetOutlines() {
  return useQuery({ queryKey: ['areas', 'outlines', 'street'], queryFn: () => fetchAreaOutlines('street'), staleTime: Infinity })
}

/** Who is near a place, by surname; nothing is asked while there is no place. */
export function useNear(place: MaybeRefOrGetter<{ lng: number; lat: number } | null>) {
  const at = computed(() => {
    const value = toValue(place)
    return value ? { lng: value.lng, lat: value.lat } : null
  })
  return useQuery({
    queryKey: computed(() => ['wall', 'near', at.value]),
    queryFn: () => fetchNear(at.value!.lng, at.value!.lat),
    enabled: computed(() => at.value !== null),
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
    refetchIntervalInBackground: true,
    retry: false,
  })
}

/** Whose people are assembled, while a panel shows it. */
export function useMuster(wanted: MaybeRefOrGetter<boolean>) {
  return useQuery({ queryKey: ['wall', 'muster'], queryFn: fetchMuster, enabled: computed(() => toValue(wanted)), refetchInterval: 30_000, refetchIntervalInBackground: true })
}
