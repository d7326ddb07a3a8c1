import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import BehindNumbers from '@/modules/insight/components/BehindNumbers.vue'
import DeskLink from '@/modules/insight/components/DeskLink.vue'
import type { FigureEventsQuery, Running } from '@/modules/insight/calls'
import { numbersOf } from '@/modules/insight/figures'
import { useSession } from '@/modules/session/store'
import { i18n } from '@/shared/i18n'

const asks = vi.hoisted(() => vi.fn<(query: unknown) => (cursor: string) => Promise<unknown>>())
vi.mock('@/modules/insight/calls', () => ({ behindFigure: asks }))

const running: Running = {
  days: [{ day: '2026-11-21', received: 4, closed: 3, on_time_rate: 0.6667 }, { day: '2026-11-22', received: 2, closed: 0, on_time_rate: null }],
  ages: [{ age: 'day', open: 2 }, { age: 'older', open: 5 }],
  totals: { received: 6, closed: 3, on_time_rate: 0.5 }, before: { received: 0, closed: 0, on_time_rate: null }, forecast: [], last_week_error: null,
}
const plain = (day: string): Record<string, number> => Object.fromEntries(numbersOf(running, day, (key) => key).map((one) => [one.figure, one.count]))

test('the numbers of running are those of the period, or of one day without what is open now', () => {
  expect(plain('')).toEqual({ received: 6, closed: 3, on_time: 2, open: 7, open_day: 2, open_older: 5 })
  expect(plain('2026-11-21')).toEqual({ received: 4, closed: 3, on_time: 2 })
})

test('a number opens the cases it counts, and closes them again', async () => {
  const asked = { first: '2026-11-21', last: '2026-11-22' }
  asks.mockImplementation(() => () => Promise.resolve({ items: [{ event_id: 7, number: '20261121-000007', run: 1, minutes: null, event: null, order_id: null }], next: null }))
  const wrapper = mount(BehindNumbers, {
    props: { numbers: numbersOf(running, '', (key) => key), asked }, global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { RouterLink: true } },
  })
  const older = wrapper.findAll('.choices button').at(-1)!
  await older.trigger('click')
  await vi.waitFor(() => expect(wrapper.text()).toContain('20261121-000007'))
  expect(asks.mock.lastCall![0] as FigureEventsQuery).toEqual({ ...asked, figure: 'open_older' })
  expect(older.attributes('aria-expanded')).toBe('true')
  await older.trigger('click')
  expect(wrapper.text()).not.toContain('20261121-000007')
})

test('only who sits at the desk is led there', async () => {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/desk', component: { template: '<i />' }, meta: { roles: ['leader'] } }, { path: '/', component: { template: '<i />' } }] })
  const pinia = createPinia()
  const shown = (): string => mount(DeskLink, { props: { item: 'event:7' }, slots: { default: '占道经营' }, global: { plugins: [pinia, router] } }).html()
  expect(shown()).not.toContain('href')
  useSession(pinia).user = { id: 1, name: '领导', roles: ['leader'] } as never
  expect(shown()).toContain('href="/desk?item=event:7"')
})

test('a department is led to its own ticket, where it has one', () => {
  const page = { template: '<i />' }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/desk', component: page, meta: { roles: ['leader'] } }, { path: '/tickets', component: page, meta: { roles: ['handler'] } }, { path: '/', component: page }] })
  const pinia = createPinia()
  useSession(pinia).user = { id: 1, name: '处置', roles: ['handler'] } as never
  const shown = (ticket: number | null): string => mount(DeskLink, { props: { item: 'event:7', ticket }, slots: { default: '占道经营' }, global: { plugins: [pinia, router] } }).html()
  expect(shown(12)).toContain('href="/tickets?ticket=12"')
  expect(shown(null)).not.toContain('href')
})
