import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { computed, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { FieldTaskDetail } from '@/api/types'
import { SHARING } from '@/modules/field/composables/usePositionSharing'
import TaskPage from '@/modules/field/pages/TaskPage.vue'
import { i18n } from '@/shared/i18n'

const held = vi.hoisted(() => ({ task: null as unknown }))
vi.mock('@/modules/field/composables/useTasks', () => ({ useTask: () => ({ query: { isError: ref(false), error: ref(null) }, task: computed(() => held.task), again: () => Promise.resolve() }) }))
vi.mock('@/modules/field/composables/useOutbox', () => ({ useOutbox: () => ({ movesOf: () => [], parkedOf: () => undefined, online: false, submit: () => Promise.resolve({ state: 'delivered' }) }) }))
vi.mock('@/modules/casework/composables/useGround', () => ({ useGround: () => ({ ground: ref({}) }) }))
vi.mock('@/shared/map', () => ({ collection: () => ({}), point: () => ({}), MapView: { render: () => null } }))

const task = {
  id: 3, version: 1, kind: 'verify', state: 'accepted', title: '井盖缺失', note: '', level: 2, area_label: '望江街道 荷花社区', address: '富春路 8 号', lng: 118.7, lat: 32, issued_at: '2026-11-22T06:31:12Z', due_at: null,
  before_photos: [], allowed_moves: [], ground: null,
} as unknown as FieldTaskDetail

async function facts(ground: FieldTaskDetail['ground']): Promise<string> {
  held.task = { ...task, ground }
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:all(.*)', component: { render: () => null } }] })
  await router.push('/m/tasks/3')
  const page = mount(TaskPage, { global: { plugins: [pinia, i18n, router], provide: { [SHARING as symbol]: { fix: ref(null) } }, stubs: { PositionField: true, ResultForm: true } } })
  await flushPromises()
  return page.find('dl').text()
}

test('who is sent sees the component and the unit grid, as the desk does', async () => {
  const told = await facts({ unit_grid: '329905001001012', component: { code: '3299050103000001', type_name: '井盖', state: 'damaged' } })
  expect(['单元网格329905001001012', '井盖', '3299050103000001', '破损'].filter((said) => !told.includes(said))).toEqual([])
})

test('a task about a place without either says nothing of them', async () => {
  const told = await facts({ unit_grid: '', component: null })
  expect([told.includes('单元网格'), told.includes('部件')]).toEqual([false, false])
  expect(await facts(null)).not.toContain('单元网格')
})
