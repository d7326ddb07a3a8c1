import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { queryOf, sameView, viewFrom, type View } from '../filters'
import type { Filter, Sorting } from '../queue'

/** The filters of the desk: what the address says, and the way to change it without losing the line that is read. */
export function useView() {
  const route = useRoute()
  const router = useRouter()
  const view = shallowRef<View>(viewFrom(route.query))
  watch(() => route.query, (query) => {
    const next = viewFrom(query)
    // A new line to read is no new view: the queue must not be fetched again for it.
    if (!sameView(next, view.value)) view.value = next
  })
  const item = (): Record<string, string> => (typeof route.query.item === 'string' ? { item: route.query.item } : {})
  const go = (query: Record<string, string>): void => void router.replace({ query: { ...query, ...item() } })
  const filter = computed<Filter>({ get: () => view.value.filter, set: (next) => go(queryOf({ filter: next, by: view.value.by })) })
  const by = computed<Sorting['by']>({ get: () => view.value.by, set: (next) => go(queryOf({ filter: view.value.filter, by: next })) })
  return { filter, by, query: computed(() => queryOf(view.value)), go }
}
