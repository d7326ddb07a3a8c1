import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { AllowedMove } from '@/api/types'
import MovePanel from '@/modules/casework/components/MovePanel.vue'
import { i18n } from '@/shared/i18n'

const catalogue = vi.hoisted(() => vi.fn<() => Promise<unknown>>())
const read = { items: [{ code: '02', name: '路面塌陷', verification_advised: true, conditions: [] }] }

vi.mock('@/api/endpoints', () => ({
  fetchEventTypes: catalogue,
  fetchReplyTemplates: async () => ({ items: [] }),
  fetchUnits: async () => ({ items: [], next: null, as_of: '1-0', epoch: 'e' }),
}))

const allowed = (move: string, available = true): AllowedMove => ({ move, label: move, needs: [], available, refusal_code: null }) as AllowedMove
type Send = (move: string, payload: Record<string, unknown> & { version: number }, key: string) => Promise<void>

function panel(send: Send, moves: AllowedMove[] = [allowed('reject'), allowed('merge', false)]) {
  return mount(MovePanel, {
    global: { plugins: [i18n, [VueQueryPlugin, { queryClientConfig: { defaultOptions: { queries: { retry: false } } } }]] },
    props: { subject: 'event:1', person: 3, version: 5, allowed: moves, over: false, currentType: { code: '01', name: '井盖缺失' }, currentLevel: 3, send },
    attachTo: document.body,
  })
}

async function open(wrapper: ReturnType<typeof panel>, text: string) {
  await wrapper.find('.buttons button').trigger('click')
  await wrapper.find('textarea').setValue(text)
  return wrapper.find('form')
}

beforeEach(() => {
  localStorage.clear()
  catalogue.mockReset()
  catalogue.mockResolvedValue(read)
})

test('only what is allowed and built is a button', () => {
  expect(panel(vi.fn<Send>()).findAll('.buttons button').map((button) => button.text())).toEqual(['不予受理'])
})

test('a form sends once, however often it is pressed, with the version that was seen', async () => {
  const send = vi.fn<Send>(() => new Promise(() => {}))
  const form = await open(panel(send), '重复上报')
  await form.trigger('submit')
  await form.trigger('submit')
  expect(send).toHaveBeenCalledTimes(1)
  expect(send.mock.calls[0]?.slice(0, 2)).toEqual(['reject', { reason: '重复上报', version: 5 }])
})

test('where the catalogue advises a look before filing, the form says so', async () => {
  const said = async (code: string): Promise<boolean> => {
    const wrapper = panel(vi.fn<Send>(), [allowed('file')])
    await wrapper.setProps({ currentType: { code, name: '' } })
    await wrapper.find('.buttons button').trigger('click')
    await flushPromises()
    return wrapper.text().includes('建议先转核实')
  }
  expect([await said('02'), await said('01')]).toEqual([true, false])
})

test('who is urged has the limit that the site has set, unless another is chosen', async () => {
  const send = vi.fn<Send>().mockResolvedValue()
  for (const chosen of ['0', '8']) {
    const wrapper = panel(send, [allowed('urge')])
    const form = await open(wrapper, '请尽快处置')
    await form.find('select').setValue(chosen)
    await form.trigger('submit')
    await flushPromises()
  }
  expect(send.mock.calls.map(([, payload]) => payload)).toEqual([{ note: '请尽快处置', version: 5 }, { note: '请尽快处置', reply_hours: 8, version: 5 }])
})

test('what is missing is said and nothing is sent', async () => {
  const send = vi.fn<Send>()
  const wrapper = panel(send)
  const form = await open(wrapper, ' ')
  await form.trigger('submit')
  expect(send).not.toHaveBeenCalled()
  expect(wrapper.find('[role=alert]').text()).toContain('理由')
})

test('a dead network keeps the text, and the second try has the same key', async () => {
  const send = vi.fn<Send>().mockRejectedValueOnce(new ApiError(0, { code: 'network' })).mockResolvedValueOnce()
  const wrapper = panel(send)
  const form = await open(wrapper, '重复上报')
  await form.trigger('submit')
  await flushPromises()
  expect(wrapper.find('textarea').element.value).toBe('重复上报')
  expect(wrapper.find('[role=alert]').text()).toContain('没有发出')
  await form.trigger('submit')
  await flushPromises()
  expect(send.mock.calls[0]?.[2]).toBe(send.mock.calls[1]?.[2])
  expect(wrapper.emitted('done')).toEqual([['reject']])
})

test('another text is another request with another key', async () => {
  const send = vi.fn<Send>().mockRejectedValue(new ApiError(0, { code: 'network' }))
  const wrapper = panel(send)
  const form = await open(wrapper, '重复上报')
  await form.trigger('submit')
  await flushPromises()
  await wrapper.find('textarea').setValue('不属本区')
  await form.trigger('submit')
  await flushPromises()
  expect(send.mock.calls[0]?.[2]).not.toBe(send.mock.calls[1]?.[2])
})

test('a stale version is shown, and sending goes on after the latest was looked at', async () => {
  const send = vi.fn<Send>().mockRejectedValueOnce(new ApiError(409, { code: 'stale_version' })).mockResolvedValueOnce()
  const wrapper = panel(send)
  const form = await open(wrapper, '重复上报')
  await form.trigger('submit')
  await flushPromises()
  expect(wrapper.find('[role=alert]').text()).toContain('查看最新')
  await wrapper.find('[role=alert] button').trigger('click')
  expect(wrapper.emitted('latest')).toHaveLength(1)
  await wrapper.setProps({ version: 6 })
  await form.trigger('submit')
  await flushPromises()
  expect(send.mock.calls[1]?.[1]).toEqual({ reason: '重复上报', version: 6 })
})

test('a change that comes in over an open form must be looked at before it is sent', async () => {
  const send = vi.fn<Send>()
  const wrapper = panel(send)
  const form = await open(wrapper, '重复上报')
  await wrapper.setProps({ version: 6 })
  await form.trigger('submit')
  expect(send).not.toHaveBeenCalled()
  expect(wrapper.find('[role=alert]').text()).toContain('新的变动')
})

test('filing conditions that are still being read are not called missing', async () => {
  catalogue.mockReturnValue(new Promise(() => {}))
  const wrapper = panel(vi.fn<Send>(), [allowed('file')])
  await wrapper.find('.buttons button').trigger('click')
  expect(wrapper.find('fieldset [role=status]').text()).toContain('正在读取立案条件')
  expect(wrapper.text()).not.toContain('还没有立案条件')
})

test('filing conditions that could not be read can be asked for again', async () => {
  catalogue.mockRejectedValueOnce(new ApiError(403, { code: 'forbidden' }))
  const wrapper = panel(vi.fn<Send>(), [allowed('file')])
  await wrapper.find('.buttons button').trigger('click')
  await vi.waitFor(() => expect(wrapper.find('fieldset [role=alert]').text()).toContain('没有读取成功'))
  await wrapper.find('fieldset [role=alert] button').trigger('click')
  await vi.waitFor(() => expect(wrapper.text()).toContain('还没有立案条件'))
})

test('a form overtaken by somebody else says so and keeps what was typed', async () => {
  const wrapper = panel(vi.fn<Send>())
  await open(wrapper, '重复上报')
  await wrapper.setProps({ version: 6, allowed: [allowed('recall')] })
  expect(wrapper.find('[role=alert]').text()).toContain('不予受理')
  await wrapper.setProps({ version: 7, allowed: [allowed('reject')] })
  await wrapper.find('.buttons button').trigger('click')
  expect(wrapper.find('textarea').element.value).toBe('重复上报')
})

test('Escape closes the form and an input method’s Enter sends nothing', async () => {
  const send = vi.fn<Send>()
  const wrapper = panel(send)
  const form = await open(wrapper, '重复')
  await form.trigger('keydown', { key: 'Escape' })
  expect(wrapper.find('form').exists()).toBe(false)
  expect(send).not.toHaveBeenCalled()
})

test('who was first is said also when the news of it comes before the refusal', async () => {
  let refuse: (error: ApiError) => void = () => {}
  const wrapper = panel(vi.fn<Send>(() => new Promise((_, reject) => (refuse = reject))))
  const form = await open(wrapper, '重复上报')
  await form.trigger('submit')
  await wrapper.setProps({ version: 6, allowed: [] })
  refuse(new ApiError(409, { code: 'already_taken', by: '张涛', at: '2026-11-22T06:31:40Z' }))
  await flushPromises()
  expect(wrapper.find('form').exists()).toBe(false)
  expect(wrapper.find('[role=alert]').text()).toMatch(/张涛 \d\d:\d\d:\d\d 已接办/)
})

test('who was first stays said when the news of it comes after the refusal', async () => {
  const wrapper = panel(vi.fn<Send>().mockRejectedValue(new ApiError(409, { code: 'already_taken', by: '张涛', at: '2026-11-22T06:31:40Z' })))
  const form = await open(wrapper, '重复上报')
  await form.trigger('submit')
  await flushPromises()
  await wrapper.setProps({ version: 6, allowed: [] })
  expect(wrapper.find('form').exists()).toBe(false)
  expect(wrapper.find('[role=alert]').text()).toMatch(/张涛 \d\d:\d\d:\d\d 已接办/)
})
