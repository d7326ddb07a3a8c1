import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import HandlingTab from '@/modules/insight/components/HandlingTab.vue'
import RunningTab from '@/modules/insight/components/RunningTab.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({
  fetchRunning: vi.fn<() => Promise<unknown>>(), fetchHandling: vi.fn<() => Promise<unknown>>(), behindFigure: vi.fn<(query: unknown) => (cursor: string) => Promise<unknown>>(),
}))
vi.mock('@/modules/insight/calls', () => calls)

async function tab(component: typeof HandlingTab | typeof RunningTab) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<i />' } }] })
  await router.push('/insight?first=2026-11-21&last=2026-11-22')
  return mount(component, { global: { plugins: [i18n, router, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { FigureCard: true, FigureTable: true } } })
}

test('the numbers of running and of one of its days open the cases they count', async () => {
  calls.fetchRunning.mockResolvedValue({
    days: [{ day: '2026-11-21', received: 4, closed: 3, on_time_rate: 1 }, { day: '2026-11-22', received: 2, closed: 0, on_time_rate: null }],
    ages: [{ age: 'day', open: 2 }], totals: { received: 6, closed: 3, on_time_rate: 1 }, before: { received: 0, closed: 0, on_time_rate: null }, forecast: [], last_week_error: null,
  })
  calls.behindFigure.mockReturnValue(() => Promise.resolve({ items: [], next: null }))
  const wrapper = await tab(RunningTab)
  await vi.waitFor(() => expect(wrapper.find('.choices').text()).toContain('上报 6'))
  await wrapper.find('select').setValue('2026-11-21')
  expect(wrapper.find('.choices').text()).toContain('上报 4')
  await wrapper.find('.choices button').trigger('click')
  await vi.waitFor(() => expect(wrapper.text()).toContain('没有案件'))
  expect(calls.behindFigure).toHaveBeenLastCalledWith({ first: '2026-11-21', last: '2026-11-21', figure: 'received' })
})

test('every step of handling opens the cases it was measured on', async () => {
  calls.fetchHandling.mockResolvedValue({ steps: [{ step: 'accept', measure: 'accept_minutes', events: 12, median_minutes: 4, ninetieth_minutes: 9 }] })
  const wrapper = await tab(HandlingTab)
  await vi.waitFor(() => expect(wrapper.find('.choices').text()).toContain('受理 12'))
  await wrapper.find('.choices button').trigger('click')
  expect(calls.behindFigure).toHaveBeenLastCalledWith({ first: '2026-11-21', last: '2026-11-22', figure: 'accept' })
})
