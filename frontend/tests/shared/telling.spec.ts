import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useSaid } from '@/shared/ui/useSaid'
import { useUnsaved } from '@/shared/ui/useUnsaved'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what is said stays for its time, counted from the last words', () => {
  const page = mount(defineComponent({ setup: () => useSaid(1000), render: () => h('p') }))
  page.vm.say('一')
  vi.advanceTimersByTime(900)
  page.vm.say('二')
  vi.advanceTimersByTime(900)
  expect(page.vm.said).toBe('二')
  vi.advanceTimersByTime(100)
  expect(page.vm.said).toBe('')
})

function asks(answer: boolean) {
  const ask = vi.fn<(question: string) => boolean>(() => answer)
  vi.stubGlobal('confirm', ask)
  return ask
}
async function opened() {
  const dirty = ref(false)
  const page = defineComponent({ setup: () => useUnsaved(() => dirty.value, () => '离开？'), render: () => h('p') })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }, { path: '/next', component: { template: '<i />' } }] })
  await router.push('/')
  const app = mount(RouterView, { global: { plugins: [router] } })
  return { dirty, router, app }
}
const closing = (): Event => {
  const event = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(event)
  return event
}

test('what is not saved is asked about before another page opens, and holds the window', async () => {
  const ask = asks(false)
  const { dirty, router, app } = await opened()
  dirty.value = true
  await router.push('/next')
  expect([router.currentRoute.value.path, ask.mock.calls, closing().defaultPrevented]).toEqual(['/', [['离开？']], true])
  app.unmount()
  expect(closing().defaultPrevented).toBe(false)
})

test('nothing is asked where all is saved', async () => {
  const ask = asks(true)
  const { router } = await opened()
  expect(closing().defaultPrevented).toBe(false)
  await router.push('/next')
  expect([router.currentRoute.value.path, ask.mock.calls]).toEqual(['/next', []])
})
