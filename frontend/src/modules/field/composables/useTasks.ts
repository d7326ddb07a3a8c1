import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { fetchTask, fetchTasks } from '@/api/endpoints'
import { askAgain } from '@/api/kept'
import type { FieldTask, Page } from '@/api/types'
import { useLive, useLiveStore } from '@/live'
import { useOutbox } from './useOutbox'

const key = (state: string) => ['tasks', state]

/** The worker's own tasks, open or ended, kept up to date. */
export function useTasks(state: Ref<'open' | 'ended'>) {
  const client = useQueryClient()
  const live = useLiveStore()
  const query = useInfiniteQuery({
    queryKey: computed(() => key(state.value)),
    queryFn: async ({ pageParam, signal }) => {
      const page = await fetchTasks({ state: state.value, limit: 50, cursor: pageParam || undefined }, signal)
      live.place(page.as_of, page.epoch)
      return page
    },
    initialPageParam: '',
    getNextPageParam: (page: Page<FieldTask>) => page.next ?? undefined,
    staleTime: 15_000,
    refetchInterval: 60_000,
  })
  const tasks = computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? [])

  function again(): void {
    void askAgain(client, ['tasks'])
  }
  useLive('task.changed', ({ row }) => {
    client.setQueryData<InfiniteData<Page<FieldTask>>>(key('open'), (data) =>
      data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((task) => (task.id === row.id && task.version < row.version ? { ...task, ...row } : task)) })) },
    )
    again()
  })
  useLive('gone', (gone) => gone.kind === 'task' && again())
  return { query, tasks }
}

export function useTask(id: Ref<number>) {
  const outbox = useOutbox()
  const client = useQueryClient()
  const query = useQuery({ queryKey: computed(() => ['task', id.value]), queryFn: () => fetchTask(id.value), staleTime: 0, retry: 1 })
  const again = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ['task', id.value] })
    void client.invalidateQueries({ queryKey: ['tasks'] })
  }
  useLive('task.changed', (update) => void (update.id === id.value && ((query.data.value?.version ?? 0) < update.version || update.change === 'prolong') && again()))
  const task = computed(() => {
    const fetched = query.data.value
    const answer = outbox.answered.get(id.value)
    return answer !== undefined && (fetched === undefined || answer.version > fetched.version) ? answer : fetched
  })
  return { query, task, again }
}
