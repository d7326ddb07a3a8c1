import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
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
  /** Somebody who was named and is not among the nearest. */
  const named = shallowRef<Responder[]>([])
  watch(() => `${key.value?.lng} ${key.value?.lat}`, () => (named.value = []))
  watch([query.data, key, named], () => {
    const near = key.value === null ? [] : (query.data.value?.items ?? [])
    responders.value = [...near, ...named.value.filter((one) => !near.some((other) => other.id === one.id))]
  }, { immediate: true })
  function include(responder: Responder): void {
    if (!named.value.some((one) => one.id === responder.id)) named.value = [...named.value, responder]
  }
  useLive('position', (fix) => (responders.value = withPosition(responders.value, fix)))
  return { responders, include, loading: query.isLoading, error: query.error, retry: () => void query.refetch() }
}
