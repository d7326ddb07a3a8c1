import { onMounted, ref, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { fetchSharedView } from '@/api/endpoints'
import type { SharedView, ViewPage } from '@/api/types'
import { usable } from '../views'

/** A page opened by a colleague's link takes over the filters and nothing else: what they find is the reader's own. */
export function useSharedView(page: ViewPage) {
  const route = useRoute()
  const router = useRouter()
  const shared = shallowRef<SharedView | null>(null)
  const failure = ref<unknown>(null)

  onMounted(async () => {
    const link = route.query.view
    if (typeof link !== 'string' || link === '') return
    const { view: _view, ...rest } = route.query
    try {
      const found = await fetchSharedView(link)
      if (found.page !== page) return void router.replace({ path: `/${found.page}`, query: { view: link } })
      shared.value = found
      const { item, ticket } = rest
      await router.replace({ query: { ...usable(found), ...(item ? { item } : {}), ...(ticket ? { ticket } : {}) } })
    } catch (error) {
      failure.value = error
      await router.replace({ query: rest })
    }
  })
  return { shared, failure, close: () => ((shared.value = null), (failure.value = null)) }
}
