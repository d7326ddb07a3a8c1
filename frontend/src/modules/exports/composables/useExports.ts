import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef } from 'vue'
import { useLive } from '@/live'
import { askExport, cancelExport, fetchExports, type ExportFormat, type ExportKind, type ExportList, type ExportRow, type Filters } from '../calls'
import { isWaiting, newest, shareOf, withRow } from '../jobs'

const KEY = ['exports'] as const
/** Beside the live updates, for the case that none come. */
const ASK_AGAIN_MS = 10_000

/** The person's exports as the server knows them: a page that was loaded anew shows the same ones. */
export function useExports() {
  const client = useQueryClient()
  const held = (): ExportRow[] => client.getQueryData<ExportList>(KEY)?.items ?? []
  const query = useQuery({
    queryKey: KEY, staleTime: 60_000, refetchInterval: ({ state }) => (state.data?.items.some(isWaiting) ? ASK_AGAIN_MS : false),
    queryFn: async () => {
      const list = await fetchExports()
      return { ...list, items: newest(list.items, held()) }
    },
  })
  const rows = computed(() => query.data.value?.items ?? [])
  const running = computed(() => rows.value.find((row) => row.state === 'running') ?? rows.value.find(isWaiting) ?? null)
  /** What ended while the page was open, for a screen reader to say. */
  const ended = shallowRef<ExportRow | null>(null)
  const busy = ref(false)
  const error = shallowRef<unknown>(null)

  function take(row: ExportRow): void {
    client.setQueryData<ExportList>(KEY, (list) => list && { ...list, items: withRow(list.items, row) })
  }
  useLive('export.changed', ({ row }) => {
    if (row.state === 'done' || row.state === 'failed') ended.value = row
    take(row)
  })

  async function tried(step: () => Promise<ExportRow>): Promise<void> {
    if (busy.value) return
    busy.value = true
    error.value = null
    try {
      take(await step())
    } catch (cause) {
      error.value = cause
    } finally {
      busy.value = false
    }
  }
  const ask = (kind: ExportKind, format: ExportFormat, filters: Filters): Promise<void> => tried(() => askExport(kind, format, filters))
  const cancel = (id: number): Promise<void> => tried(() => cancelExport(id))
  const share = computed(() => (running.value === null ? null : (shareOf(running.value) ?? 0)))
  return { query, rows, running, share, ended, busy, error, ask, cancel }
}
