import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ReviewCard } from '@/modules/review/calls'
import ReviewPage from '@/modules/review/pages/ReviewPage.vue'
import { i18n } from '@/shared/i18n'
import { alert, card, NOW, queue } from './cards'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { fetchReview: call(), judge: call(), holdCards: call(), letGo: call() }
})
vi.mock('@/modules/review/calls', () => calls)
vi.mock('@/modules/casework/components/AppBar.vue', () => ({ default: { props: ['title'], template: '<header>{{ title }}</header>' } }))

let shown: VueWrapper | null = null
const press = async (code: string, changes: object = {}): Promise<void> => {
  window.dispatchEvent(new KeyboardEvent('keydown', { code, ...changes, cancelable: true }))
  await flushPromises()
}
async function page(cards: ReviewCard[]): Promise<VueWrapper> {
  calls.fetchReview.mockResolvedValue(queue(cards))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<i />' } }] })
  shown = mount(ReviewPage, { global: { plugins: [i18n, VueQueryPlugin, router, createPinia()] }, attachTo: document.body })
  await flushPromises()
  return shown
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  setActivePinia(createPinia())
  vi.resetAllMocks()
  calls.holdCards.mockResolvedValue({ items: [] })
  calls.letGo.mockResolvedValue(undefined)
  calls.judge.mockResolvedValue({ done: [], refused: [] })
})
afterEach(() => {
  shown?.unmount()
  localStorage.clear()
})

test('a card says what was found, by what, how sure, and what the algorithm cannot see', async () => {
  const view = await page([card(1, { suspected: true })])
  const text = view.text()
  for (const word of ['重点区域闯入/滞留', '疑似，由人判定', '河堤球机', '闸口', '82%', '属实率 80%', '雕像可能误报', '待核实 1 条']) expect(text).toContain(word)
})

test('Y judges, the next card is there at once, and the judgement leaves after ten seconds', async () => {
  const view = await page([card(1), card(2, { camera_name: '广场' })])
  await press('KeyY')
  expect([view.text().includes('广场'), view.text().includes('待核实 1 条'), calls.judge.mock.calls.length]).toEqual([true, true, 0])
  await vi.advanceTimersByTimeAsync(10_300)
  expect(calls.judge).toHaveBeenCalledTimes(1)
  expect(calls.judge.mock.calls[0]!.slice(1, 3)).toEqual(['confirm', undefined])
})

test('one key dismisses with its reason, and U takes it back before it leaves', async () => {
  const view = await page([card(1), card(2, { camera_name: '广场' })])
  await press('Digit3')
  await press('KeyU')
  expect(view.text()).toContain('河堤球机')
  await vi.advanceTimersByTimeAsync(11_000)
  expect(calls.judge).not.toHaveBeenCalled()
  await press('KeyN')
  await vi.advanceTimersByTimeAsync(10_300)
  expect(calls.judge.mock.calls[0]!.slice(1, 3)).toEqual(['dismiss', 'nothing_there'])
})

test('whoever was second is told who was first', async () => {
  calls.judge.mockResolvedValue({ done: [], refused: [{ id: 1, code: 'already_taken', detail: '李四 已于 13:50 处理' }] })
  const view = await page([card(1)])
  await press('KeyY')
  await vi.advanceTimersByTimeAsync(10_300)
  await flushPromises()
  expect(view.find('[role=alert]').text()).toContain('李四 已于 13:50 处理')
})

test('a colleague who looks at the same card is named', async () => {
  calls.holdCards.mockResolvedValue({ items: [{ alert_id: 1, names: ['李四'] }] })
  const view = await page([card(1)])
  await flushPromises()
  expect(view.text()).toContain('李四 正在核实这张')
  expect(calls.holdCards).toHaveBeenCalledWith([1])
})

test('a burst is one card, gone through by arrows and judged together', async () => {
  const view = await page([card(1, { alerts: [alert(1), alert(2, { seen_count: 4 })] })])
  expect(view.text()).toContain('同一处连续 2 条，共出现 5 次')
  await press('ArrowRight')
  expect(view.find('img').attributes('src')).toBe('/media/attachments/2')
  await press('KeyY')
  await vi.advanceTimersByTimeAsync(10_300)
  expect((calls.judge.mock.calls[0]![0] as ReviewCard).alerts.map((one) => one.id)).toEqual([1, 2])
})

test('C shows the clip and S leaves a card for later', async () => {
  const view = await page([card(1), card(2, { camera_name: '广场' })])
  await press('KeyC')
  expect(view.find('video').attributes('src')).toBe('/media/attachments/1001')
  await press('KeyS')
  expect([view.text().includes('广场'), view.find('video').exists()]).toEqual([true, false])
})

test('keys are nothing while letters are off, and the buttons do the same', async () => {
  const view = await page([card(1)])
  await view.find('input[type=checkbox]').setValue(false)
  await press('KeyY')
  expect(view.text()).toContain('待核实 1 条')
  await view.find('.yes').trigger('click')
  expect(view.text()).toContain('待核实 0 条')
})

test('what waits leaves with the page, and the card is let go', async () => {
  const view = await page([card(1)])
  await press('KeyY')
  view.unmount()
  shown = null
  await flushPromises()
  expect(calls.judge.mock.calls[0]![3]).toMatchObject({ keepalive: true })
  expect(calls.letGo).toHaveBeenCalled()
})

test('an empty queue says so', async () => {
  expect((await page([])).text()).toContain('没有待核实的视频告警')
})
