import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { fetchRespondersNear, fetchUnits } from '@/api/endpoints'
import type { OrderDetail, Responder } from '@/api/types'

const MOST = 50

/** The department's own people and teams, nearest to the ticket first. */
export function useTeam(order: Ref<OrderDetail | null>) {
  const place = computed(() => (order.value && ['signed', 'assigned'].includes(order.value.state) ? { lng: order.value.lng, lat: order.value.lat } : null))
  const near = useQuery({
    queryKey: computed(() => ['responders', 'near', place.value, MOST]), queryFn: () => fetchRespondersNear(place.value!.lng, place.value!.lat, MOST), enabled: computed(() => place.value !== null), retry: 1, staleTime: 30_000,
  })
  const teams = useQuery({ queryKey: ['units', 'team'], queryFn: () => fetchUnits({ kind: 'team', limit: 200 }), staleTime: 10 * 60_000 })
  const team = computed<Responder[]>(() => {
    const unit = order.value?.unit.id
    const own = new Set([unit, ...(teams.data.value?.items ?? []).filter((one) => one.parent_id === unit).map((one) => one.id)])
    return place.value === null ? [] : (near.data.value?.items ?? []).filter((one) => own.has(one.unit?.id))
  })
  return { team }
}
