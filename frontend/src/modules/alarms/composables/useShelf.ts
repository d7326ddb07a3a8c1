import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { askAgain } from '@/api/kept'
import { useLive, useLiveStore, useRefetch } from '@/live'
import { fetchOutOfService, fetchShelf, type OutOfServiceState } from '../calls'

const SHELF = ['alerts', 'shelf']
const OUT = ['out-of-service']
const AGAIN_MS = 60_000

/** What is put aside for a time, kept up to date. */
export function useShelf() {
  const client = useQueryClient()
  const live = useLiveStore()
  const query = useQuery({
    queryKey: SHELF, staleTime: 0, retry: 1, refetchInterval: AGAIN_MS,
    queryFn: async ({ signal }) => {
      const page = await fetchShelf(signal)
      live.place(page.as_of, page.epoch)
      return page
    },
  })
  const again = (): void => void askAgain(client, SHELF)
  const rows = computed(() => query.data.value?.items ?? [])
  useLive('alert.changed', (update) => (update.row.shelved_until !== null || rows.value.some((row) => row.id === update.id)) && again())
  useRefetch(again)
  return { query, rows, again }
}

/** The sources that raise nothing at present, or did not once. */
export function useOutOfService(state: () => OutOfServiceState) {
  const client = useQueryClient()
  const live = useLiveStore()
  const query = useQuery({
    queryKey: computed(() => [...OUT, state()]), staleTime: 0, retry: 1, refetchInterval: AGAIN_MS,
    queryFn: async ({ signal }) => {
      const page = await fetchOutOfService({ state: state() }, signal)
      live.place(page.as_of, page.epoch)
      return page
    },
  })
  const again = (): void => void askAgain(client, OUT)
  useLive('out_of_service.changed', again)
  useRefetch(again)
  return { query, rows: computed(() => query.data.value?.items ?? []), overdue: computed(() => query.data.value?.overdue ?? 0), again }
}
