/** One draft: read, drawn in, moved; told at once when a colleague draws in it too. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/errors'
import { useLive, useRefetch } from '@/live'
import { useSession } from '@/modules/session/store'
import { fetchChecks, fetchDraft, fetchPlan, sendMove, sendStep, type DraftDetail, type Move, type Step } from '../calls'

export function useDraft(id: Ref<number | null>, under: Ref<string>) {
  const queries = useQueryClient()
  const session = useSession()
  const enabled = computed(() => id.value !== null)
  const query = useQuery({ queryKey: computed(() => ['grids', 'draft', id.value]), queryFn: () => fetchDraft(id.value!), enabled, staleTime: 10_000 })
  const draft = computed(() => (id.value === null ? null : (query.data.value ?? null)))
  const version = computed(() => draft.value?.version ?? 0)
  const plan = useQuery({
    queryKey: computed(() => ['grids', 'plan', id.value, under.value, version.value]), queryFn: () => fetchPlan(id.value!, under.value),
    enabled: computed(() => version.value > 0 && under.value !== ''), placeholderData: keepPreviousData, staleTime: Infinity,
  })
  const checks = useQuery({
    queryKey: computed(() => ['grids', 'checks', id.value, version.value]), queryFn: () => fetchChecks(id.value!),
    enabled: computed(() => version.value > 0 && draft.value?.state !== 'published' && draft.value?.state !== 'withdrawn'), placeholderData: keepPreviousData, staleTime: 30_000,
  })

  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  /** Who was faster, when a step met a newer draft. */
  const overtaken = ref('')
  /** Who else drew in this draft just now. */
  const companion = ref('')

  const again = (): void => void queries.invalidateQueries({ queryKey: ['grids', 'draft', id.value] })
  const listAgain = (): void => void queries.invalidateQueries({ queryKey: ['grids', 'drafts'] })
  function take(next: DraftDetail): void {
    queries.setQueryData(['grids', 'draft', next.id], next)
    listAgain()
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T | null> {
    if (busy.value || draft.value === null) return null
    busy.value = true
    failure.value = null
    overtaken.value = ''
    try {
      return await work()
    } catch (error) {
      failure.value = error
      if (error instanceof ApiError && error.code === 'stale_version') {
        overtaken.value = typeof error.extra.by === 'string' ? error.extra.by : ''
        again()
      }
      return null
    } finally {
      busy.value = false
    }
  }

  /** The refs that the step made or kept; null where it was refused (`failure` says why). */
  const step = (what: Step): Promise<string[] | null> =>
    guarded(async () => {
      const answer = await sendStep(draft.value!.id, version.value, what)
      take(answer.draft)
      return answer.refs
    })
  const move = (what: Move, more: { reason?: string; effective_at?: string | null } = {}): Promise<DraftDetail | null> =>
    guarded(async () => {
      const moved = await sendMove(draft.value!.id, version.value, what, more)
      take(moved)
      return moved
    })

  useLive('boundary_draft.changed', (update) => {
    listAgain()
    if (update.id !== id.value || update.version <= version.value) return
    if (update.by_id !== session.user?.id) companion.value = update.by
    again()
  })
  useRefetch(() => {
    again()
    listAgain()
  })
  watch(id, () => {
    failure.value = null
    overtaken.value = companion.value = ''
  })
  return { query, draft, plan, checks, busy, failure, overtaken, companion, step, move, take }
}
export type DraftState = ReturnType<typeof useDraft>
