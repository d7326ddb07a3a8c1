import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { fetchRequests } from '@/api/endpoints'
import { askAgain } from '@/api/kept'
import { useLive, useLiveStore, useRefetch } from '@/live'
import { useSession } from '@/modules/session/store'
import { waitsFor } from '../requests'

const KEY = ['requests', 'open']
const MOST = 100

/** The requests that are not decided yet, those that wait for this person counted; kept up to date. */
export function useOpenRequests() {
  const client = useQueryClient()
  const live = useLiveStore()
  const session = useSession()
  const query = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      const page = await fetchRequests({ state: 'requested,endorsed', limit: MOST }, signal)
      live.place(page.as_of, page.epoch)
      return page
    },
    staleTime: 0,
    retry: 1,
  })
  const again = (): void => void askAgain(client, KEY)
  useLive('request.changed', again)
  useLive('gone', (gone) => gone.kind === 'request' && again())
  useRefetch(again)

  const units = computed(() => (session.user?.grants ?? []).map((grant) => grant.unit?.id).filter((id): id is number => id !== undefined))
  const requests = computed(() => query.data.value?.items ?? [])
  const mine = computed(() => requests.value.filter((request) => waitsFor(request, session.roles, units.value)))
  return { query, requests, mine, again }
}
