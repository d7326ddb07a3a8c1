import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { moveAlert } from '@/api/endpoints'
import { newIdempotencyKey } from '@/api/transport'
import { acknowledgeTogether } from '@/modules/alarms/calls'
import { useFlood } from '@/modules/alarms/composables/useFlood'
import { useShelf } from '@/modules/alarms/composables/useShelf'
import { linesOf, stepsOf } from '@/modules/alarms/flood'
import { acknowledgeable } from '../alarm'
import { entryOfAlert, type EntryKey, type QueueEntry } from '../entries'
import type { useQueue } from './useQueue'

const MOST_TOGETHER = 100

interface Desk {
  queue: ReturnType<typeof useQueue>
  selected: Ref<EntryKey | null>
  street: Ref<string>
  /** The lines that are on screen. */
  visible: Ref<ReadonlySet<string>>
  acknowledged(entries: readonly QueueEntry[]): void
  refused(count: number): void
}

/** The alarms of a desk: acknowledged one by one or, the minor ones on screen, together; put together in a flood. */
export function useAlarms({ queue, selected, street, visible, acknowledged, refused }: Desk) {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  const shelf = useShelf()
  const flood = useFlood(computed(() => queue.queue.value.entries.values()), street)

  async function attempt(act: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    failure.value = null
    try {
      await act()
    } catch (error) {
      failure.value = error
      void queue.load()
    } finally {
      busy.value = false
    }
  }

  /** The next one to answer: what goes on before what is over. */
  const next = computed(() => queue.alarms.value[0] ?? queue.recovered.value[0] ?? null)
  const acknowledgeNext = (): Promise<void> => attempt(async () => {
    const entry = next.value
    if (entry === null) return
    const answer = await moveAlert(entry.id, 'acknowledge', { version: entry.version }, { idempotencyKey: newIdempotencyKey() })
    queue.take(entryOfAlert(answer), answer.as_of)
    acknowledged([entry])
  })

  const minor = computed(() => acknowledgeable(queue.rows.value, visible.value).slice(0, MOST_TOGETHER))
  const acknowledgeMinor = (): Promise<void> => attempt(async () => {
    const entries = minor.value
    if (entries.length === 0) return
    const answer = await acknowledgeTogether(entries.map(({ id, version }) => ({ id, version })), { idempotencyKey: newIdempotencyKey() })
    for (const row of answer.items) queue.take(entryOfAlert(row), answer.as_of)
    const count = Object.keys(answer.refused).length
    if (count > 0) {
      refused(count)
      void queue.load()
    }
    acknowledged(entries)
  })
  watch(() => next.value?.key, () => (failure.value = null))

  const expanded = ref<ReadonlySet<string>>(new Set())
  function unfold(key: string): void {
    const now = new Set(expanded.value)
    if (!now.delete(key)) now.add(key)
    expanded.value = now
  }
  const lines = computed(() => linesOf(queue.rows.value, { flood: flood.isFlood.value, expanded: expanded.value, selected: selected.value, counts: flood.counts.value }))
  const steps = computed(() => stepsOf(lines.value) as EntryKey[])
  const silenceSeconds = computed(() => flood.rules.value.silence_seconds)
  const floodSound = computed(() => (flood.isFlood.value ? flood.rules.value.flood_sound_seconds : null))

  return { busy, failure, acknowledgeNext, acknowledgeMinor, minor, lines, steps, unfold, flood, shelf, silenceSeconds, floodSound }
}
