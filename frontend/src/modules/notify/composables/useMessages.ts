import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, type Ref } from 'vue'
import { useLive } from '@/live'
import { fetchMessages, fetchUnread, markRead, type Unread } from '../calls'

const UNREAD = ['messages', 'unread'] as const
const LIST = ['messages', 'list'] as const

/** How many are unread; goes up as messages come and down as they are read, here or on another screen. */
export function useUnread() {
  const client = useQueryClient()
  const query = useQuery({ queryKey: UNREAD, queryFn: fetchUnread, staleTime: 60_000 })
  /** The newest message, for a screen reader to say. */
  const newest = ref<{ zh: string; en: string } | null>(null)

  useLive('message.created', ({ row }) => {
    newest.value = row
    client.setQueryData<Unread>(UNREAD, (before) => before && { unread: before.unread + 1, urgent: before.urgent + (row.is_urgent ? 1 : 0) })
    void client.invalidateQueries({ queryKey: LIST })
  })
  useLive('message.read', () => void client.invalidateQueries({ queryKey: ['messages'] }))
  return { unread: computed(() => query.data.value?.unread ?? 0), urgent: computed(() => query.data.value?.urgent ?? 0), newest }
}

/** The person's messages, newest first, page by page. */
export function useMessageList(enabled: Ref<boolean>) {
  const client = useQueryClient()
  const query = useInfiniteQuery({
    queryKey: LIST, enabled, initialPageParam: '', queryFn: ({ pageParam }) => fetchMessages(pageParam || undefined), getNextPageParam: (last) => last.next ?? undefined,
  })
  const messages = computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? [])

  async function read(ids?: number[]): Promise<void> {
    client.setQueryData(UNREAD, await markRead(ids))
    await client.invalidateQueries({ queryKey: LIST })
  }
  return { query, messages, read }
}
