/** Reading a vehicle's plate: for enforcement, with a purpose, answered and kept nowhere, also not by the page. */
import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

export type PlateAnswer = components['schemas']['PlateAnswer']
const DECLARED_FOR_MS = 600_000

export const fetchPlateTypes = (): Promise<{ types: string[] }> => body(client.GET('/api/v1/plates/types', { headers: { 'X-User-Input': '0' } }))
export const askPlate = (alert: number, purpose: string): Promise<PlateAnswer> =>
  body(client.POST('/api/v1/alerts/{alert_id}/plate', { params: { path: { alert_id: alert } }, body: { purpose } }))

/** Whether the kind of case asks for the plate and the one who looks may ask. */
export function useAsksForPlates(type: () => string): ComputedRef<boolean> {
  const types = useQuery({ queryKey: ['plates', 'types'], queryFn: fetchPlateTypes, staleTime: DECLARED_FOR_MS })
  return computed(() => types.data.value?.types.includes(type()) ?? false)
}
