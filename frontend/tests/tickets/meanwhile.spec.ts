import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { OrderBox, OrderRow } from '@/api/types'
import { useTicketList } from '@/modules/tickets/composables/useTickets'

const fetchOrders = vi.hoisted(() => vi.fn<() => Promise<unknown>>())
const heard = vi.hoisted(() => new Map<string, (update: unknown) => void>())
vi.mock('@/api/endpoints', () => ({ fetchOrders }))
vi.mock('@/live', () => ({ useLive: (kind: string, take: (update: unknown) => void) => heard.set(kind, take), useRefetch: () => {}, useLiveStore: () => ({ place: () => {} }) }))

const row = (id: number, state: string, version: number): OrderRow => ({ id, state, version, role: 'lead', event_state: 'dispatched', reply_due_at: null }) as OrderRow
const scope = effectScope()
afterEach(() => scope.stop())

test('a page that was read before a change does not put the change back', async () => {
  let answer: (page: unknown) => void = () => {}
  fetchOrders.mockImplementation(() => new Promise((resolve) => (answer = resolve)))
  const list = scope.run(() => useTicketList(ref<OrderBox>('to_sign'), ref('')))!
  heard.get('order.changed')!({ row: row(1, 'signed', 2) })
  heard.get('gone')!({ kind: 'order', id: 2 })
  answer({ items: [row(1, 'issued', 1), row(2, 'issued', 1), row(3, 'issued', 1)], next: null, as_of: '1-0', epoch: 'e' })
  await flushPromises()
  expect(list.rows.value.map((one) => one.id)).toEqual([3])
})
