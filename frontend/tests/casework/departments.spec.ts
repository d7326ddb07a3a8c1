import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useDepartments } from '@/modules/casework/composables/useCatalogue'

const fetchUnits = vi.hoisted(() => vi.fn<() => Promise<unknown>>())
vi.mock('@/api/endpoints', () => ({ fetchUnits, fetchEventTypes: vi.fn<() => Promise<unknown>>() }))

test('whoever waits for the departments finds them in the list, however late they come', async () => {
  let answer: (page: unknown) => void = () => {}
  fetchUnits.mockImplementation(() => new Promise((resolve) => (answer = resolve)))
  let found!: ReturnType<typeof useDepartments>
  mount(defineComponent({ setup: () => ((found = useDepartments()), () => null) }), { global: { plugins: [VueQueryPlugin] } })
  await flushPromises()
  const read = found.query.suspense().then(() => found.departments.value.map((unit) => unit.name))
  await flushPromises()
  answer({ items: [{ id: 1, name: '城市管理局' }] })
  expect(await read).toEqual(['城市管理局'])
})
