import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { fetchOrder } from '@/api/endpoints'
import PrintPage from '@/modules/tickets/pages/PrintPage.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({ fetchOrder: vi.fn<typeof fetchOrder>() }))
vi.mock('@/api/endpoints', () => calls)

test('the printed sheet carries the code of the unit grid and the component beside the code that leads back', async () => {
  const event = { type_name: '路灯', reported_at: '2026-11-01T08:00:00+08:00', source: 'inspection', condition: null, closing_standard: '', description: '灯不亮', attachments: [], history: [], unit_grid: '329905001001032', component: { type_name: '路灯', code: '3299050103000001', state: 'intact' } }
  calls.fetchOrder.mockResolvedValue({ id: 4, title: '路灯', event_number: '20261123-000001', level: 3, state: 'issued', due_at: null, note: '', role: 'lead', unit: { id: 1, name: '市政所' }, area_label: '望江街道', address: '', event } as never)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: PrintPage }] })
  await router.push({ path: '/', query: { ids: '4' } })
  const page = mount(PrintPage, { global: { plugins: [i18n, router, [VueQueryPlugin, { queryClient: new QueryClient() }]] } })
  await flushPromises()
  expect(page.get('.sheet').text()).toContain('329905001001032')
  expect(page.get('.sheet').text()).toContain('3299050103000001')
  expect(page.find('.sheet svg').exists()).toBe(true)
})
