import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import OverviewPage from '@/modules/overview/pages/OverviewPage.vue'
import { drillOf } from '@/modules/wall/drill'
import { i18n } from '@/shared/i18n'
import { snapshot } from '../wall/factories'

const calls = vi.hoisted(() => ({ fetchOverview: vi.fn<(...given: unknown[]) => Promise<unknown>>(), fetchBehind: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/wall/calls', () => calls)

const street = { path: '3299.05.007', name: '双桥街道', level: 'street', received: 1, open: 1, overdue: 0, closed_rate: null }
const district = { area: { path: '3299.05', name: '云澜区', level: 'district' }, trail: [], children: [street], snapshot: snapshot() }
const events = { figure: 'open', key: '', total: 0, at: '2026-11-22T06:32:00Z', items: [] }

async function shown(query: Record<string, string>): Promise<VueWrapper> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:all(.*)', component: { render: () => null } }] })
  await router.push({ path: '/overview', query })
  const pinia = createPinia()
  setActivePinia(pinia)
  const page = mount(OverviewPage, { global: { plugins: [pinia, i18n, router, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { AppBar: true, TrendChart: true } } })
  await flushPromises()
  return page
}
const heading = (page: VueWrapper) => page.find('.events h3').text()

beforeEach(() => {
  vi.resetAllMocks()
  calls.fetchOverview.mockResolvedValue(district)
  calls.fetchBehind.mockResolvedValue(events)
})
afterEach(() => (i18n.global.locale.value = 'zh-CN'))

describe('the number an address asks for', () => {
  it.each([
    ['near_due', '', '临期案件', 'Near due'], ['street', '3299.05.007', '双桥街道 在办案件', 'Open in 双桥街道'], ['stage', 'handle', '处置阶段待办案件', 'Waiting: Handle'],
    ['source', 'video', '今日来自“视频智能发现”的案件', 'Today from'], ['source', 'drone', '今日来自“其他来源（drone）”的案件', 'another source (drone)'],
  ])('has its words in both languages: %s %s', async (figure, key, zh, en) => {
    const page = await shown({ figure, ...(key ? { key } : {}) })
    expect(heading(page)).toContain(zh)
    i18n.global.locale.value = 'en'
    await flushPromises()
    expect(heading(page)).toContain(en)
  })

  it.each<Record<string, string>>([{ figure: 'mystery' }, { figure: 'stage', key: 'limbo' }, { figure: 'street' }])('is told as unknown with what to do, and not asked for: %o', async (query) => {
    const page = await shown(query)
    expect(heading(page)).toContain('没有这个数字')
    expect(page.find('.events [role=status]').text()).toContain(`“${Object.values(query).join(' · ')}”`)
    expect(page.text()).not.toContain('wall.drill')
    expect(calls.fetchBehind).not.toHaveBeenCalled()
  })

  it('needs no key where there is one number of its name', () => {
    expect(drillOf('open', 'left-over')).toEqual({ figure: 'open', key: '' })
  })
})
