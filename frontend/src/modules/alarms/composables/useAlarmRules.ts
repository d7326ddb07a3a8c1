import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { fetchAlarmRules } from '../calls'
import { USUAL_RULES } from '../flood'

/** How alarms behave at this site; the usual rules until they are read. */
export function useAlarmRules() {
  const query = useQuery({ queryKey: ['alarm-rules'], queryFn: fetchAlarmRules, staleTime: 300_000, retry: 1 })
  return computed(() => query.data.value ?? USUAL_RULES)
}
