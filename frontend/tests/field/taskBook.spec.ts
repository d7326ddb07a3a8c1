import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import * as endpoints from '@/api/endpoints'
import type { EventDetail, FieldTask } from '@/api/types'
import TaskBook from '@/modules/field/components/TaskBook.vue'
import { i18n } from '@/shared/i18n'

vi.mock('@/live', () => ({ useLive: () => undefined }))

const event = { id: 5, version: 1, progress: { points: { total: 3, marked: 0, found: 0, may_mark: true } } } as EventDetail

async function bookOf(task: Partial<FieldTask>): Promise<boolean> {
  const asked = vi.spyOn(endpoints, 'fetchEvent').mockResolvedValue(event)
  const wrapper = mount(TaskBook, {
    props: { task: { subject: { kind: 'event', id: 5 }, ended_at: null, ...task } as FieldTask },
    global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { ProcedureBook: { template: '<i class="book" />' } } },
  })
  await new Promise((resolve) => setTimeout(resolve))
  asked.mockRestore()
  return wrapper.find('.book').exists()
}

test('who goes to verify, to handle or to check has the points at hand, until the task is over', async () => {
  for (const kind of ['verify', 'handle', 'check'] as const) expect(await bookOf({ kind })).toBe(true)
  expect(await bookOf({ kind: 'check', ended_at: '2026-11-23T02:00:00Z' })).toBe(false)
})

test('who walks the beat or visits ticks nothing off', async () => {
  for (const kind of ['patrol', 'visit'] as const) expect(await bookOf({ kind })).toBe(false)
})
