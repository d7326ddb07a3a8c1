import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { OrderBox, OrderRow } from '@/api/types'
import { useTicketList } from '@/modules/tickets/composables/useTickets'

const fetchOrders = vi.hoisted(() => vi.fn<(query: { q?: string; cursor?: string }) => Promise<unknown>>())
vi.mock('@/api/endpoints', () => ({ fetchOrders }))
vi.mock('@/live', () => ({ useLive: () => {}, useRefetch: () => {}, useLiveStore: () => ({ place: () => {} }) }))

const row = (id: number, title: string): OrderRow => ({ id, title, event_number: `20261122-00000${id}`, area_label: '', address: '', type_name: '', state: 'issued' }) as OrderRow
const page = (items: OrderRow[], next: string | null = null) => ({ items, next, as_of: '1-0', epoch: 'e' })
const scope = effectScope()

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

test('words are looked for among what is there at once, and then in the whole box by the server', async () => {
  fetchOrders.mockImplementation(({ q }) => Promise.resolve(q === undefined ? page([row(1, '井盖缺失'), row(2, '路灯不亮')], 'more') : page([row(9, '井盖破损')], 'further')))
  const words = ref('')
  const list = scope.run(() => useTicketList(ref<OrderBox>('to_sign'), words))!
  await flushPromises()
  words.value = '井盖'
  expect(list.shown.value.map((one) => one.id)).toEqual([1])
  await vi.advanceTimersByTimeAsync(400)
  expect([list.shown.value.map((one) => one.id), fetchOrders.mock.lastCall![0]]).toEqual([[9], { box: 'to_sign', limit: 50, q: '井盖' }])
  await list.loadMore()
  expect(fetchOrders.mock.lastCall![0]).toEqual({ box: 'to_sign', limit: 50, q: '井盖', cursor: 'further' })
  words.value = ''
  await vi.advanceTimersByTimeAsync(400)
  expect(list.shown.value.map((one) => one.id)).toEqual([1, 2])
})
