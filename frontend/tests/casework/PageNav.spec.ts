import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type RouteRecordRaw } from 'vue-router'
import PageNav from '@/modules/casework/components/PageNav.vue'
import type { Role } from '@/api/types'
import { i18n } from '@/shared/i18n'

const roles = vi.hoisted(() => ({ mine: [] as string[] }))
vi.mock('@/modules/session/store', () => ({ useSession: () => ({ hasAny: (wanted: readonly string[]) => wanted.some((role) => roles.mine.includes(role)) }) }))

const page = { template: '<p />' }
const PAGES: [string, Role[]][] = [
  ['/desk', ['dispatcher']], ['/admin/walls', ['duty_chief']], ['/admin/routing', ['dispatcher', 'system_admin']], ['/admin/components', []], ['/admin/rules', []], ['/admin/retention', []],
]
async function at(path: string, ...mine: string[]) {
  roles.mine = mine
  const routes: RouteRecordRaw[] = PAGES.map(([to, wanted]) => ({ path: to, component: page, meta: { roles: wanted } }))
  const router = createRouter({ history: createMemoryHistory(), routes: [...routes, { path: '/:rest(.*)*', name: 'not-found', component: page }] })
  await router.push(path)
  return mount(PageNav, { global: { plugins: [i18n, router] }, attachTo: document.body })
}
const words = (links: ReturnType<ReturnType<typeof mount>['findAll']>): string[] => links.map((link) => link.text())

beforeEach(() => (document.body.innerHTML = ''))

test('whoever works has the pages in a row, two of set-up among them', async () => {
  const nav = await at('/desk', 'dispatcher')
  expect(words(nav.findAll('nav > a'))).toEqual(['调度', '分派规则', '部件'])
  expect(nav.find('details').exists()).toBe(false)
})

test('whoever sets the platform up has those pages behind one button that says when one of them is open', async () => {
  const nav = await at('/admin/rules', 'system_admin')
  expect(words(nav.findAll('nav > a'))).toEqual(['大屏管理'])
  expect(nav.find('summary').classes()).toContain('here')
  expect(words(nav.findAll('.list a'))).toEqual(['分派规则', '部件', '规则', '保存期限', '管理'])
})

test('Escape and a press elsewhere close the list of set-up pages', async () => {
  const nav = await at('/admin/rules', 'system_admin')
  const menu = nav.find('details').element as HTMLDetailsElement
  menu.open = true
  await nav.find('details').trigger('keydown', { key: 'Escape' })
  expect([menu.open, document.activeElement === nav.find('summary').element]).toEqual([false, true])
  menu.open = true
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
  expect(menu.open).toBe(false)
})
