import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { newIdempotencyKey } from '@/api/transport'
import { useLive } from '@/live'
import { useSession } from '@/modules/session/store'
import { holdCards, judge, fetchReview, letGo, type Reason, type ReviewCard, type Verdict } from '../calls'
import { due, HOLD_MS, next, open, undoable, type Waiting } from '../deck'

const ASK_EVERY_MS = 8000
const HOLD_EVERY_MS = 4000
/** Alerts change in bursts: the queue is asked once for all of them. */
const SETTLE_MS = 700

export interface Told { id: number; text: string; error?: unknown }

/** The queue, the card that is shown, and the judgements that are on their way. */
export function useReview(algorithm: Ref<string>) {
  const { locale } = useI18n()
  const session = useSession()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: computed(() => ['review', algorithm.value, locale.value]),
    queryFn: ({ signal }) => fetchReview(algorithm.value ? { algorithm: algorithm.value } : {}, signal),
    refetchInterval: ASK_EVERY_MS,
  })
  const waiting = shallowRef<Waiting[]>([])
  const judged = shallowRef<ReadonlySet<number>>(new Set())
  const skipped = shallowRef<ReadonlySet<string>>(new Set())
  const shownKey = ref<string | null>(null)
  const done = ref(0)
  const told = shallowRef<Told[]>([])
  const others = shallowRef<string[]>([])
  const nowMs = ref(Date.now())

  const cards = computed(() => open(query.data.value?.cards ?? [], waiting.value, judged.value, skipped.value))
  const card = computed(() => next(cards.value, shownKey.value, skipped.value))
  const left = computed(() => {
    const hidden = new Set([...judged.value, ...waiting.value.flatMap((one) => one.card.alerts.map((alert) => alert.id))])
    const listed = (query.data.value?.cards ?? []).flatMap((one) => one.alerts).filter((alert) => hidden.has(alert.id)).length
    return Math.max(0, (query.data.value?.left ?? 0) - listed)
  })
  const undo = computed(() => undoable(waiting.value, nowMs.value))
  watch(card, (now) => (shownKey.value = now?.key ?? null))

  function decide(verdict: Verdict, reason?: Reason): void {
    const shown = card.value
    if (shown === null) return
    waiting.value = [...waiting.value, { key: newIdempotencyKey(), card: shown, verdict, reason, sendAt: Date.now() + HOLD_MS, state: 'waiting' }]
    skipped.value = new Set([...skipped.value].filter((key) => key !== shown.key))
    done.value += 1
    shownKey.value = null
  }

  function takeBack(): void {
    const last = undoable(waiting.value, Date.now())
    if (last === null) return
    waiting.value = waiting.value.filter((one) => one.key !== last.key)
    done.value -= 1
    shownKey.value = last.card.key
  }

  function skip(): void {
    if (card.value === null || cards.value.length < 2) return
    const key = card.value.key
    skipped.value = new Set([...[...skipped.value].filter((one) => one !== key), key])
    shownKey.value = null
  }

  async function send(item: Waiting, leaving = false): Promise<void> {
    waiting.value = waiting.value.map((one) => (one.key === item.key ? { ...one, state: 'sending' } : one))
    try {
      const answer = await judge(item.card, item.verdict, item.reason, { idempotencyKey: item.key, keepalive: leaving })
      judged.value = new Set([...judged.value, ...item.card.alerts.map((alert) => alert.id)])
      for (const refused of answer.refused) tell({ id: refused.id, text: `${item.card.camera_name} ${item.card.zone}：${refused.detail}` })
    } catch (error) {
      // The card comes back into the queue: nothing was decided.
      done.value -= 1
      tell({ id: item.card.alerts[0]?.id ?? 0, text: `${item.card.camera_name} ${item.card.zone}`, error })
    } finally {
      waiting.value = waiting.value.filter((one) => one.key !== item.key)
      again()
    }
  }
  const tell = (one: Told): void => void (told.value = [...told.value.slice(-3), one])
  const hush = (): void => void (told.value = [])
  const sendAll = (leaving = false): Promise<unknown> => Promise.all(waiting.value.filter((one) => one.state === 'waiting').map((one) => send(one, leaving)))
  const again = (): void => void queries.invalidateQueries({ queryKey: ['review'] })

  /** Colleagues see which card this page shows, and those whose judgement waits. */
  async function hold(): Promise<void> {
    const shown = card.value
    const ids = [...(shown?.alerts ?? []), ...waiting.value.flatMap((one) => one.card.alerts)].map((alert) => alert.id).slice(0, 100)
    if (ids.length === 0 || document.visibilityState !== 'visible') return
    try {
      const { items } = await holdCards(ids)
      if (shown?.key === card.value?.key) others.value = [...new Set(items.filter((one) => shown?.alerts.some((alert) => alert.id === one.alert_id)).flatMap((one) => one.names))]
    } catch {
      // Nobody's work depends on it: a word that is lost is said again soon.
    }
  }
  watch(() => card.value?.key, () => {
    others.value = card.value?.held_by ?? []
    void hold()
  }, { immediate: true })

  let settling: ReturnType<typeof setTimeout> | undefined
  const changed = (): void => {
    clearTimeout(settling)
    settling = setTimeout(again, SETTLE_MS)
  }
  useLive('alert.changed', changed)
  const tick = setInterval(() => {
    nowMs.value = Date.now()
    due(waiting.value, nowMs.value).forEach((one) => void send(one))
  }, 250)
  const beat = setInterval(() => void hold(), HOLD_EVERY_MS)
  const leave = (): void => void sendAll(true)
  window.addEventListener('pagehide', leave)
  const forget = session.beforeSignOut(() => sendAll())
  onScopeDispose(() => {
    clearInterval(tick)
    clearInterval(beat)
    clearTimeout(settling)
    window.removeEventListener('pagehide', leave)
    forget()
    leave()
    letGo().catch(() => {})
  })

  return { query, card, cards, left, done, waiting, undo, nowMs, told, others, decide, takeBack, skip, hush, again }
}

export type { ReviewCard }
