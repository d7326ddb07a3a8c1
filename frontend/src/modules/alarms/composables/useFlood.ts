import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { useClock } from '@/shared/format'
import { fetchFlood } from '../calls'
import { groupKey, newAlarms, type Alarm } from '../flood'
import { useAlarmRules } from './useAlarmRules'

const LOOK_EVERY_MS = 5000
const ASK_EVERY_MS = 60_000
const ASK_IN_A_FLOOD_MS = 10_000

/** Whether this seat is flooded: seen at once from what the page holds, and asked of the server, which knows the rest. */
export function useFlood(entries: Ref<Iterable<Alarm>>, area: Ref<string>) {
  const rules = useAlarmRules()
  const tick = useClock(LOOK_EVERY_MS)
  const here = computed(() => newAlarms(entries.value, tick.value, rules.value) > rules.value.flood_count)
  const query = useQuery({
    queryKey: computed(() => ['alerts', 'flood', area.value]), queryFn: () => fetchFlood(area.value || undefined), staleTime: 0, retry: 1,
    refetchInterval: computed(() => (here.value ? ASK_IN_A_FLOOD_MS : ASK_EVERY_MS)),
  })
  const isFlood = computed(() => here.value || (query.data.value?.is_flood ?? false))
  const counts = computed(() => new Map((query.data.value?.groups ?? []).map((group) => [groupKey(group.street_path, group.type_name), group.count])))
  const said = computed(() => Math.max(query.data.value?.new ?? 0, newAlarms(entries.value, tick.value, rules.value)))
  return { rules, isFlood, counts, count: said }
}
