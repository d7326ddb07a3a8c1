import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { fetchOrder, fetchOrderCounts, fetchOrders, moveEvent, moveOrder, tellOrderSeen } from '@/api/endpoints'
import { askAgain, keepAnswer } from '@/api/kept'
import type { OrderBox, OrderDetail, OrderRow } from '@/api/types'
import { useLive, useLiveStore, useRefetch } from '@/live'
import { useSession } from '@/modules/session/store'
import { now } from '@/shared/format'
import { applyRow, withWords } from '../boxes'
import { isAboutLeg, isOfLeg } from '../moves'

const PAGE = 50
/** A burst of updates is answered with one fetch. */
const AGAIN_AFTER_MS = 400
/** Boxes whose rows change with their event or with what was asked about it, without a change of the row. */
const FOLLOW_THE_EVENT: ReadonlySet<OrderBox> = new Set(['done', 'closed', 'handling', 'rework', 'suspended', 'replies', 'asking'])

/** While somebody types, the words are looked for among what is there; so long after the last letter, on the server. */
const LOOKS_AFTER_MS = 300
const LONGEST_WORDS = 80

/**
 * The tickets of one box, kept up to date. A line that belongs here and is not held is fetched with its neighbours. With
 * words, those that the server finds by them: a box may hold more than was fetched, and the server knows more words.
 */
export function useTicketList(box: Ref<OrderBox>, words: Ref<string>) {
  const live = useLiveStore()
  const rows = shallowRef<OrderRow[]>([])
  const next = ref<string | null>(null)
  const loaded = ref(false)
  const loadingMore = ref(false)
  const error = shallowRef<unknown>(null)
  const failedAt = ref<number | null>(null)
  let asked: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  /** Changes that came while a page was on its way: put on top of it, as it may have been read before them. */
  let meanwhile: ((held: OrderRow[]) => OrderRow[])[] | null = null
  let typed: ReturnType<typeof setTimeout> | null = null
  /** The words that the rows answer. */
  const found = ref('')
  const wanted = (): string => words.value.trim().slice(0, LONGEST_WORDS)
  const asking = (q: string) => ({ box: box.value, limit: PAGE, ...(q === '' ? {} : { q }) })

  async function load(): Promise<void> {
    asked?.abort()
    const mine = (asked = new AbortController())
    const q = wanted()
    const changes: typeof meanwhile = (meanwhile = [])
    try {
      const page = await fetchOrders(asking(q), mine.signal)
      live.place(page.as_of, page.epoch)
      rows.value = changes.reduce((held, change) => change(held), page.items)
      found.value = q
      next.value = page.next
      loaded.value = true
      error.value = failedAt.value = null
    } catch (cause) {
      if (mine.signal.aborted) return
      error.value = cause
      failedAt.value ??= now()
    } finally {
      if (asked === mine) meanwhile = null
    }
  }

  async function loadMore(): Promise<void> {
    if (next.value === null || loadingMore.value) return
    loadingMore.value = true
    try {
      const page = await fetchOrders({ ...asking(found.value), cursor: next.value })
      const held = new Set(rows.value.map((row) => row.id))
      rows.value = [...rows.value, ...page.items.filter((row) => !held.has(row.id))]
      next.value = page.next
    } catch (cause) {
      error.value = cause
    } finally {
      loadingMore.value = false
    }
  }

  function loadSoon(): void {
    timer ??= setTimeout(() => {
      timer = null
      void load()
    }, AGAIN_AFTER_MS)
  }

  useLive('order.changed', ({ row }) => {
    meanwhile?.push((held) => applyRow(held, row, box.value).rows)
    const after = applyRow(rows.value, row, box.value)
    rows.value = after.rows
    if (after.missing) loadSoon()
  })
  useLive('event.changed', () => FOLLOW_THE_EVENT.has(box.value) && loadSoon())
  useLive('request.changed', () => box.value === 'asking' && loadSoon())
  useLive('reminder.changed', () => box.value === 'replies' && loadSoon())
  useLive('gone', (gone) => {
    if (gone.kind !== 'order') return
    const without = (held: OrderRow[]): OrderRow[] => held.filter((row) => row.id !== gone.id)
    meanwhile?.push(without)
    rows.value = without(rows.value)
  })
  useRefetch(() => void load())
  watch(words, () => {
    if (typed !== null) clearTimeout(typed)
    typed = setTimeout(() => void (wanted() !== found.value && load()), LOOKS_AFTER_MS)
  })
  const shown = computed(() => (wanted() === found.value ? rows.value : withWords(rows.value, words.value)))
  watch(box, () => {
    loaded.value = false
    rows.value = []
    error.value = failedAt.value = null
    void load()
  })
  onScopeDispose(() => {
    asked?.abort()
    for (const one of [timer, typed]) if (one !== null) clearTimeout(one)
  })
  void load()
  return { rows, shown, next, loaded, loadingMore, error, failedAt, load, loadMore }
}

export function useTicketCounts() {
  const client = useQueryClient()
  const key = ['orders', 'counts']
  const query = useQuery({ queryKey: key, queryFn: fetchOrderCounts, refetchInterval: 60_000 })
  const again = (): void => void askAgain(client, key)
  useLive('order.changed', again)
  useLive('event.changed', again)
  useLive('request.changed', again)
  useLive('reminder.changed', again)
  return { counts: query.data, again }
}

/** One ticket with its event, and the moves on it. */
export function useTicket(id: Ref<number | null>) {
  const client = useQueryClient()
  const key = computed(() => ['order', id.value])
  const query = useQuery({ queryKey: key, queryFn: () => fetchOrder(id.value!), enabled: computed(() => id.value !== null), staleTime: 0, retry: 1 })
  const order = computed(() => (id.value === null ? null : (query.data.value ?? null)))
  const refetch = (): void => void client.invalidateQueries({ queryKey: key.value })

  useLive('order.changed', (update) => {
    if (update.id === id.value ? (order.value?.version ?? 0) < update.version || order.value?.seen_at !== update.row.seen_at : update.row.event_id === order.value?.event_id) refetch()
  })
  useLive('event.changed', (update) => void (update.id === order.value?.event_id && (order.value?.event.version ?? 0) < update.version && refetch()))
  useLive('request.changed', (update) => void (update.row.event_id === order.value?.event_id && refetch()))
  useLive('reminder.changed', (update) => void (update.row.event_id === order.value?.event_id && refetch()))

  /** A move of the leg goes to the ticket, any other to its case: each with the version of what it changes. */
  async function send(move: string, payload: Record<string, unknown> & { version: number }, idempotencyKey: string): Promise<void> {
    if (isOfLeg(move)) {
      const answer = await moveOrder(id.value!, move, payload, { idempotencyKey })
      await keepAnswer(client, ['order', answer.id], answer)
      return
    }
    const ticket = order.value!
    const event = await moveEvent(ticket.event_id, move, isAboutLeg(move) ? { ...payload, order_id: ticket.id } : payload, { idempotencyKey })
    await keepAnswer<OrderDetail>(client, ['order', ticket.id], (held) => held && { ...held, event })
    refetch()
  }
  return { order, query, refetch, send }
}

/** The desk that sent a ticket is told once that its department has it in front of it. */
export function useDelivery(rows: Readonly<Ref<readonly OrderRow[]>>): void {
  const session = useSession()
  const told = new Set<number>()
  watch(rows, (list) => {
    const units = new Set((session.user?.grants ?? []).map((grant) => grant.unit?.id))
    for (const row of list) {
      if (row.state !== 'issued' || row.seen_at !== null || !units.has(row.unit.id) || told.has(row.id)) continue
      told.add(row.id)
      // Not told is not lost: the next page that shows it tells it.
      tellOrderSeen(row.id).catch(() => told.delete(row.id))
    }
  }, { immediate: true })
}
