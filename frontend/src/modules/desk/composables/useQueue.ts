import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { fetchAlerts, fetchEvents } from '@/api/endpoints'
import { useConnection, useLive, useLiveStore, useRefetch } from '@/live'
import { now, useClock } from '@/shared/format'
import { alarmFigures, alarmsOf, recoveredOf } from '../alarm'
import { entryOfAlert, entryOfEvent, isTurnOf, isUnsigned, keyOf, type EntryKey, type QueueEntry, type Seat } from '../entries'
import { emptyQueue, leave, merge, restart, settle, waiting, type Filter, type QueueState, type Sorting } from '../queue'

const PAGE = 100
/** Of what is over, so many of the newest that fit the words: more are found by saying more. */
const OVER = 30
/** Over-time lines rise with time alone, so the order is looked at again this often while nobody points at it. */
const SETTLE_EVERY_MS = 10_000
/** Without live updates for this long the desk falls back to asking. */
const POLL_AFTER_SECONDS = 15
const POLL_EVERY_MS = 5000

export interface QueueOptions { filter: Ref<Filter>; by: Ref<Sorting['by']>; seats: Ref<readonly Seat[]>; selected: Ref<EntryKey | null>; held: Ref<boolean> }

/** The desk's queue: fetched, kept up to date, and put in order only while nobody points at it. */
export function useQueue({ filter, by, seats, selected, held }: QueueOptions) {
  const live = useLiveStore()
  const { state: connection, age } = useConnection()
  const queue = shallowRef<QueueState>(emptyQueue)
  const cursors = ref<{ alerts: string | null; events: string | null }>({ alerts: null, events: null })
  const loading = ref(false)
  const loaded = ref(false)
  const loadingMore = ref(false)
  const error = shallowRef<unknown>(null)
  const failedAt = ref<number | null>(null)
  let asked: AbortController | null = null
  /** Live updates that came while a fresh start was being fetched: put on top of it. */
  let meanwhile: { entry: QueueEntry; at: string }[] = []

  const hits = shallowRef<ReadonlySet<EntryKey>>(new Set())
  const narrowed = (): Filter => ({ ...filter.value, hits: hits.value })
  const sorting = (): Sorting => ({ nowMs: now(), seats: seats.value, by: by.value })
  const put = (): void => void (queue.value = settle(queue.value, narrowed(), sorting(), selected.value))
  const change = (next: QueueState): void => {
    queue.value = next
    if (!held.value) put()
  }

  const areaQuery = () => ({ area: filter.value.street || undefined, limit: PAGE })
  const eventQuery = () => ({
    open: true, order: by.value === 'newest' ? ('newest' as const) : ('due' as const), street: filter.value.street || undefined,
    stage: filter.value.stage === '' || filter.value.stage === 'alert' ? undefined : filter.value.stage, q: filter.value.text.trim() || undefined, limit: PAGE,
  })

  /** What somebody looks for may be over: then it is in no list of what is open. */
  const overQuery = () => {
    const { text, stage, mine, street } = filter.value
    return text.trim() === '' || stage !== '' || mine ? null : { order: 'newest' as const, street: street || undefined, q: text.trim(), limit: OVER }
  }

  /** `afresh` forgets what was held before: after a reset of the stream it can no longer be trusted. */
  async function load(afresh = false): Promise<void> {
    asked?.abort()
    const mine = (asked = new AbortController())
    loading.value = true
    meanwhile = []
    try {
      const over = overQuery()
      const [alerts, events, past] = await Promise.all([
        fetchAlerts({ state: 'open', shelf: 'without', ...areaQuery() }, mine.signal),
        filter.value.stage === 'alert' ? null : fetchEvents(eventQuery(), mine.signal),
        over === null ? null : fetchEvents(over, mine.signal),
      ])
      live.place(alerts.as_of, alerts.epoch)
      let next = afresh ? restart(queue.value) : queue.value
      next = merge(next, alerts.items.map(entryOfAlert), alerts.as_of)
      if (events) next = merge(next, events.items.map(entryOfEvent), events.as_of)
      if (past) next = merge(next, past.items.map(entryOfEvent), past.as_of)
      hits.value = new Set(filter.value.text.trim() === '' ? [] : [...(events?.items ?? []), ...(past?.items ?? [])].map((row) => keyOf('event', row.id)))
      for (const { entry, at } of meanwhile) next = merge(next, [entry], at)
      cursors.value = { alerts: alerts.next, events: events?.next ?? null }
      error.value = null
      failedAt.value = null
      const first = !loaded.value
      loaded.value = true
      change(next)
      if (first || filter.value.text !== '') put()
    } catch (cause) {
      if (mine.signal.aborted) return
      error.value = cause
      failedAt.value ??= now()
    } finally {
      if (asked === mine) loading.value = false
    }
  }

  async function loadMore(): Promise<void> {
    if (loadingMore.value) return
    loadingMore.value = true
    const { alerts, events } = cursors.value
    try {
      const [moreAlerts, moreEvents] = await Promise.all([
        alerts ? fetchAlerts({ state: 'open', shelf: 'without', ...areaQuery(), cursor: alerts }) : null,
        events ? fetchEvents({ ...eventQuery(), cursor: events }) : null,
      ])
      let next = queue.value
      if (moreAlerts) next = merge(next, moreAlerts.items.map(entryOfAlert), moreAlerts.as_of)
      if (moreEvents) next = merge(next, moreEvents.items.map(entryOfEvent), moreEvents.as_of)
      if (moreEvents && filter.value.text.trim() !== '') hits.value = new Set([...hits.value, ...moreEvents.items.map((row) => keyOf('event', row.id))])
      cursors.value = { alerts: moreAlerts?.next ?? null, events: moreEvents?.next ?? null }
      queue.value = next
      put()
    } catch (cause) {
      error.value = cause
    } finally {
      loadingMore.value = false
    }
  }

  function take(entry: QueueEntry, at: string): void {
    meanwhile.push({ entry, at })
    change(merge(queue.value, [entry], at))
  }

  const positionOf = (item: object): string => ('id' in item && typeof item.id === 'string' ? item.id : (live.position().through ?? '0-0'))
  useLive('alert.changed', (update, item) => take(entryOfAlert(update.row), positionOf(item)))
  useLive('event.changed', (update, item) => take(entryOfEvent(update.row), positionOf(item)))
  useLive('gone', (gone, item) => {
    if (gone.kind === 'alert' || gone.kind === 'event') change(leave(queue.value, keyOf(gone.kind, gone.id), positionOf(item)))
  })
  useRefetch(() => void load(true))

  watch(held, (isHeld) => !isHeld && put())
  watch(selected, () => !held.value && put())
  watch([filter, by], () => {
    put()
    void load()
  })
  const settler = setInterval(() => !held.value && loaded.value && put(), SETTLE_EVERY_MS)
  const poller = setInterval(() => connection.value !== 'live' && (age.value ?? POLL_AFTER_SECONDS) >= POLL_AFTER_SECONDS && !loading.value && void load(), POLL_EVERY_MS)
  onScopeDispose(() => {
    clearInterval(settler)
    clearInterval(poller)
    asked?.abort()
  })

  const rows = computed(() => queue.value.order.map((key) => queue.value.entries.get(key)).filter((entry) => entry !== undefined))
  const arrivals = computed(() => waiting(queue.value, narrowed(), sorting()).length)
  const alarms = computed(() => alarmsOf(queue.value.entries.values()))
  const recovered = computed(() => recoveredOf(queue.value.entries.values()))
  const figures = computed(() => alarmFigures(queue.value.entries.values()))
  const tick = useClock(1000)
  /** What is late becomes late by time alone, whether the filters show it or not. */
  const unsigned = computed(() => (seats.value.some((seat) => seat.role === 'dispatcher') ? [...queue.value.entries.values()].filter((entry) => isUnsigned(entry, tick.value)) : []))
  // Back to the top at once, and not with the next look at the order; under a pointer it waits like everything else.
  watch(() => unsigned.value.map((entry) => entry.key).join(), () => !held.value && loaded.value && put())
  const mine = computed(() => rows.value.filter((entry) => entry.open && isTurnOf(entry, seats.value)).length)
  const hasMore = computed(() => cursors.value.alerts !== null || cursors.value.events !== null)

  return { queue, rows, arrivals, alarms, recovered, figures, unsigned, mine, hasMore, loading, loaded, loadingMore, error, failedAt, load, loadMore, take, put }
}
