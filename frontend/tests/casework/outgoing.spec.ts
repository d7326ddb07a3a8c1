import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { moveEvent, moveOrder } from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import OutgoingBar from '@/modules/casework/components/OutgoingBar.vue'
import { useOutgoing } from '@/modules/casework/composables/useOutgoing'
import { draftKey, keepDraft, readDraft } from '@/modules/casework/drafts'
import { canUndo, due, HOLD_MS, isHeld, keepOutgoing, readOutgoing, type Outgoing } from '@/modules/casework/outgoing'
import { useSession } from '@/modules/session/store'
import { i18n } from '@/shared/i18n'

vi.mock('@/api/endpoints', () => ({ moveEvent: vi.fn<() => unknown>(), moveOrder: vi.fn<() => unknown>(), endSession: vi.fn<() => unknown>() }))

const NOW = Date.parse('2026-11-22T06:32:00Z')
const made = (changes: Partial<Outgoing> = {}): Omit<Outgoing, 'tab' | 'state' | 'sendAt'> & Partial<Outgoing> => ({
  key: 'k1', target: { kind: 'event', id: 342 }, subject: 'event:342', about: '20261122-000342 井盖缺失', page: '/desk', move: 'close', payload: { version: 5, reply: '已更换' }, ...changes,
})
const stored = (changes: Partial<Outgoing> = {}): Outgoing => ({ ...made(), tab: 'another', state: 'waiting', sendAt: NOW + HOLD_MS, ...changes }) as Outgoing

let open: VueWrapper[] = []
async function bar(path = '/desk') {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:page', component: { template: '<i/>' } }] })
  await router.push(path)
  const wrapper = mount(OutgoingBar, { global: { plugins: [i18n, VueQueryPlugin, router] }, attachTo: document.body })
  open.push(wrapper)
  return { wrapper, router, outgoing: useOutgoing() }
}
const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms)
  await nextTick()
}

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
  vi.useFakeTimers({ now: NOW })
  vi.mocked(moveEvent).mockReset().mockResolvedValue({ id: 342 } as never)
  vi.mocked(moveOrder).mockReset().mockResolvedValue({ id: 9 } as never)
})
afterEach(() => {
  open.forEach((wrapper) => wrapper.unmount())
  open = []
})

test('what tells or ends waits, what sends people never does, and a limit that ends now is not missed by waiting', () => {
  expect(['close', 'reject', 'reply', 'return', 'refuse_return', 'reject_feedback', 'refuse_close'].every((move) => isHeld(move, null, NOW))).toBe(true)
  expect(['dispatch', 'ask_verification', 'co_handle', 'file', 'sign', 'finish', 'supervise', 'confirm'].some((move) => isHeld(move, null, NOW))).toBe(false)
  expect([isHeld('close', new Date(NOW + 20_000).toISOString(), NOW), isHeld('close', new Date(NOW + 60_000).toISOString(), NOW)]).toEqual([false, true])
})

test('a move leaves after ten seconds and no sooner, with its key', async () => {
  const { wrapper, outgoing } = await bar()
  keepDraft(draftKey(0, 'event:342', 'close'), { reply: '已更换' })
  outgoing.hold(made())
  await pass(9000)
  expect(wrapper.text()).toContain('1 秒后发出')
  expect(moveEvent).not.toHaveBeenCalled()
  expect(readDraft(draftKey(0, 'event:342', 'close'))).toEqual({ reply: '已更换' })
  await pass(2000)
  expect(vi.mocked(moveEvent).mock.calls[0]).toEqual([342, 'close', { version: 5, reply: '已更换' }, { idempotencyKey: 'k1', keepalive: false }])
  expect(wrapper.text()).toBe('')
  expect(readDraft(draftKey(0, 'event:342', 'close'))).toBeNull()
})

test('undoing sends nothing and gives the form back', async () => {
  const { wrapper, outgoing, router } = await bar()
  outgoing.hold(made())
  await pass(300)
  await wrapper.findAll('button')[0]!.trigger('click')
  await pass(20_000)
  expect(moveEvent).not.toHaveBeenCalled()
  expect(outgoing.takeUndone('event:342')?.payload.reply).toBe('已更换')
  expect(router.currentRoute.value.query.item).toBe('event:342')
})

test('Ctrl+Z takes back the last one, and belongs to the text while somebody types', async () => {
  const { outgoing } = await bar()
  outgoing.hold(made())
  await pass(300)
  const field = document.body.appendChild(document.createElement('textarea'))
  field.focus()
  window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyZ', ctrlKey: true }))
  expect(outgoing.items).toHaveLength(1)
  field.remove()
  window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyZ', ctrlKey: true }))
  expect(outgoing.items).toHaveLength(0)
})

test('it leaves at once when somebody says so, goes to another page, closes the page or signs out', async () => {
  const { wrapper, outgoing, router } = await bar()
  outgoing.hold(made({ key: 'a' }))
  await pass(300)
  await wrapper.findAll('button')[1]!.trigger('click')
  outgoing.hold(made({ key: 'b' }))
  await router.push('/wall')
  await flushPromises()
  outgoing.hold(made({ key: 'c' }))
  window.dispatchEvent(new Event('pagehide'))
  outgoing.hold(made({ key: 'd' }))
  vi.stubGlobal('location', { assign: vi.fn<() => unknown>() })
  await useSession().signOut()
  vi.unstubAllGlobals()
  expect(vi.mocked(moveEvent).mock.calls.map((call) => [call[3]?.idempotencyKey, call[3]?.keepalive])).toEqual([['a', false], ['b', false], ['c', true], ['d', false]])
})

test('what a reload left behind is sent with the same key', async () => {
  keepOutgoing(0, [stored({ state: 'sending', sendAt: NOW - 5000 })])
  await bar()
  await pass(0)
  expect(vi.mocked(moveEvent).mock.calls[0]?.[3]?.idempotencyKey).toBe('k1')
  expect(readOutgoing(0)).toEqual([])
})

test('another window that lives sends its own', () => {
  const items = [stored({ tab: 'another', sendAt: NOW - 1000 }), stored({ key: 'k2', tab: 'mine', sendAt: NOW - 1000 })]
  expect(due(items, 'mine', NOW).map((one) => one.key)).toEqual(['k2'])
  expect(due(items, 'mine', NOW + 3000).map((one) => one.key)).toEqual(['k1', 'k2'])
})

test('what was refused stays to be seen, edited or dropped', async () => {
  vi.mocked(moveEvent).mockRejectedValueOnce(new ApiError(409, { code: 'stale_version' }))
  const { wrapper, outgoing } = await bar()
  outgoing.hold(made())
  await pass(11_000)
  expect(wrapper.find('[role=alert]').text()).toContain('未发出')
  expect(wrapper.find('[role=alert]').text()).toContain('刚刚被别人改过')
  expect(canUndo(outgoing.items[0]!, Date.now())).toBe(true)
  await wrapper.findAll('button')[2]!.trigger('click')
  expect(readOutgoing(0)).toEqual([])
})

test('a move of a leg goes to its ticket', async () => {
  const { outgoing } = await bar('/tickets')
  outgoing.hold(made({ target: { kind: 'order', id: 9 }, move: 'return', page: '/tickets', subject: 'order:9' }))
  await pass(11_000)
  expect(vi.mocked(moveOrder).mock.calls[0]?.slice(0, 2)).toEqual([9, 'return'])
})

test('a machine that keeps nothing lets nothing wait', async () => {
  const { outgoing } = await bar()
  vi.stubGlobal('localStorage', { getItem: () => null, removeItem: () => {}, setItem: () => { throw new Error('full') } })
  expect(outgoing.hold(made())).toBe(false)
  vi.unstubAllGlobals()
})
