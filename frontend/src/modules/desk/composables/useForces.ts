import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch, type Ref } from 'vue'
import { fetchRespondersNear } from '@/api/endpoints'
import type { Responder } from '@/api/types'
import { useLive } from '@/live'
import { withPosition } from '../forces'

const NEAREST = 12
const AGAIN_MS = 30_000

/** Who is near the place being read, nearest first, moving as their phones report. */
export function useForces(place: Ref<{ lng: number; lat: number } | null>) {
  const key = computed(() => (place.value ? { lng: place.value.lng, lat: place.value.lat } : null))
  const query = useQuery({
    queryKey: computed(() => ['responders', 'near', key.value, NEAREST]),
    queryFn: () => fetchRespondersNear(key.value!.lng, key.value!.lat, NEAREST),
    enabled: computed(() => key.value !== null),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
    retry: 1,
  })
  const responders = ref<Responder[]>([])
  watch([query.data, key], () => (responders.value = key.value === null ? [] : (query.data.value?.items ?? [])), { immediate: true })
  useLive('position', (fix) => (responders.value = withPosition(responders.value, fix)))
  return { responders, loading: query.isLoading, error: query.error, retry: () => void query.refetch() }
}
