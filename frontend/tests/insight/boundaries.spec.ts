import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import AssessmentTab from '@/modules/insight/components/AssessmentTab.vue'
import type { fetchAssessment } from '@/modules/insight/calls'
import { useSession } from '@/modules/session/store'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({ fetchAssessment: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/insight/calls', () => calls)

async function shown(query: Record<string, string>) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/insight', component: { render: () => null } }] })
  await router.push({ path: '/insight', query })
  const wrapper = mount(AssessmentTab, { global: { plugins: [i18n, router, [VueQueryPlugin, { queryClient: new QueryClient() }]] } })
  await flushPromises()
  return { wrapper, router }
}
const asked = (): Parameters<typeof fetchAssessment>[0] => calls.fetchAssessment.mock.calls.at(-1)![0] as never

beforeEach(() => {
  setActivePinia(createPinia())
  useSession().user = { id: 1, name: '考核员', roles: ['assessor'] } as never
  calls.fetchAssessment.mockResolvedValue({ rows: [], indicators: [], whole: {}, read_until: null })
})

test('areas are those of the time until one asks for those of today, which stands in the address', async () => {
  const { wrapper, router } = await shown({ subject: 'area' })
  expect(asked()).not.toHaveProperty('boundaries')
  expect(wrapper.get('.explained').text()).toContain('发生时所在的区域')
  await wrapper.findAll('select')[2]!.setValue('present')
  await flushPromises()
  expect(router.currentRoute.value.query.boundaries).toBe('present')
  expect(asked().boundaries).toBe('present')
  expect(wrapper.get('.explained').text()).toContain('已撤并')
})

test('a link with the areas of today opens with them, and a table of departments does not ask for areas', async () => {
  await shown({ subject: 'area', boundaries: 'present' })
  expect(asked().boundaries).toBe('present')
  const { wrapper } = await shown({ subject: 'department', boundaries: 'present' })
  expect(asked()).not.toHaveProperty('boundaries')
  expect(wrapper.findAll('select')).toHaveLength(2)
})
