import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useClock } from '@/shared/format'
import { askedOf, daysOf } from '../asked'

/** What is asked, read from the address and written to it: a page can be sent to a colleague as it stands. */
export function useAsked() {
  const route = useRoute()
  const router = useRouter()
  const nowMs = useClock(60_000)
  const days = computed(() => daysOf(route.query, nowMs.value))
  const said = (name: string): string => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '')
  /** Compared as text: the clock ticks, the question stays the same for a day. */
  const text = computed(() => JSON.stringify(askedOf(route.query, nowMs.value)))
  const asked = computed<ReturnType<typeof askedOf>>(() => JSON.parse(text.value))
  function go(change: Record<string, string>): void {
    const next = { ...route.query, ...change }
    void router.replace({ query: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')) })
  }
  return { asked, days, said, go, nowMs }
}
