import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { fetchAlert, fetchEvent, moveAlert, moveEvent, type AlertMove } from '@/api/endpoints'
import { keepAnswer } from '@/api/kept'
import type { AlertDetail, EventDetail } from '@/api/types'
import { useLive } from '@/live'
import type { EntryKey } from '../entries'

type Payload = Record<string, unknown> & { version: number }

const idOf = (key: EntryKey | null, kind: 'alert' | 'event'): number | null => (key?.startsWith(`${kind}:`) ? Number(key.slice(kind.length + 1)) : null)

/** The alert or event being read: fetched whole, fetched again when a live update says that it changed. */
export function useSubject(selected: Ref<EntryKey | null>) {
  const client = useQueryClient()
  const alertId = computed(() => idOf(selected.value, 'alert'))
  const eventId = computed(() => idOf(selected.value, 'event'))

  const alertQuery = useQuery({
    queryKey: computed(() => ['alert', alertId.value]), queryFn: () => fetchAlert(alertId.value!), enabled: computed(() => alertId.value !== null), staleTime: 0, retry: 1,
  })
  const eventQuery = useQuery({
    queryKey: computed(() => ['event', eventId.value]), queryFn: () => fetchEvent(eventId.value!), enabled: computed(() => eventId.value !== null), staleTime: 0, retry: 1,
  })
  const query = computed(() => (alertId.value !== null ? alertQuery : eventQuery))
  const alert = computed(() => (alertId.value === null ? null : (alertQuery.data.value ?? null)))
  const event = computed(() => (eventId.value === null ? null : (eventQuery.data.value ?? null)))

  const refetch = (): Promise<void> => client.invalidateQueries({ queryKey: alertId.value !== null ? ['alert', alertId.value] : ['event', eventId.value] })

  /** One's own move arrives twice, as the answer and as an update: only the newer asks again. */
  const isNewer = (held: { version: number } | null, version: number): boolean => held === null || held.version < version
  useLive('alert.changed', (update) => void (update.id === alertId.value && isNewer(alert.value, update.version) && refetch()))
  useLive('event.changed', (update) => void (update.id === eventId.value && isNewer(event.value, update.version) && refetch()))
  useLive('order.changed', (update) => void (update.row.event_id === eventId.value && refetch()))
  useLive('request.changed', (update) => void (update.row.event_id === eventId.value && refetch()))
  useLive('reminder.changed', (update) => void (update.row.event_id === eventId.value && refetch()))
  useLive('task.changed', (update) => void (update.row.subject.kind === 'event' && update.row.subject.id === eventId.value && refetch()))

  async function sendAlert(id: number, move: string, payload: Payload, idempotencyKey: string): Promise<AlertDetail> {
    const answer = await moveAlert(id, move as AlertMove, payload, { idempotencyKey })
    await keepAnswer(client, ['alert', id], answer)
    return answer
  }

  async function sendEvent(id: number, move: string, payload: Payload, idempotencyKey: string): Promise<EventDetail> {
    const answer = await moveEvent(id, move, payload, { idempotencyKey })
    await keepAnswer(client, ['event', id], answer)
    return answer
  }

  return { alertId, eventId, alert, event, query, refetch, sendAlert, sendEvent }
}
