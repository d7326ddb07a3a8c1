import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { fetchEventTypes, fetchUnits } from '@/api/endpoints'
import type { EventType, OrgUnit } from '@/api/types'

/** Types and departments change by an administrator's hand, not by the minute. */
const FRESH_MS = 10 * 60_000

/** The event types, by code and in groups of their main class as the catalogue orders them. */
export function useEventTypes() {
  const query = useQuery({ queryKey: ['event-types'], queryFn: fetchEventTypes, staleTime: FRESH_MS })
  const types = computed<EventType[]>(() => query.data.value?.items ?? [])
  const byCode = computed(() => new Map(types.value.map((type) => [type.code, type])))
  const groups = computed(() => {
    const found = new Map<string, EventType[]>()
    for (const type of types.value) found.set(type.main_class, [...(found.get(type.main_class) ?? []), type])
    return [...found].map(([name, members]) => ({ name, members }))
  })
  return { query, types, byCode, groups }
}

const unitsOf = (kind: OrgUnit['kind']) =>
  useQuery({ queryKey: ['units', kind], queryFn: () => fetchUnits({ kind, limit: 200 }), staleTime: FRESH_MS })

/** Departments that can lead an event. */
export function useDepartments() {
  const query = unitsOf('department')
  return { query, departments: computed<OrgUnit[]>(() => query.data.value?.items ?? []) }
}

/** Offices of streets and departments: they can be asked to verify. */
export function useOffices() {
  const query = unitsOf('office')
  return { query, offices: computed<OrgUnit[]>(() => query.data.value?.items ?? []) }
}

/** Command centres of every level. */
export function useCentres() {
  const query = unitsOf('centre')
  return { query, centres: computed<OrgUnit[]>(() => query.data.value?.items ?? []) }
}
