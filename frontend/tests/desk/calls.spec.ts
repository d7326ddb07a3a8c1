import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import { callResponder, moveEvent } from '@/api/endpoints'
import { dialled, spaced } from '@/modules/desk/calls'
import CallDialog from '@/modules/desk/components/CallDialog.vue'
import { i18n } from '@/shared/i18n'

vi.mock('@/api/endpoints', () => ({ callResponder: vi.fn<() => unknown>(), moveEvent: vi.fn<() => unknown>() }))

const dialog = () =>
  mount(CallDialog, { global: { plugins: [i18n] }, props: { event: { id: 342, version: 5, number: '20261122-000342' }, responder: { id: 7, name: '网格员07' } }, attachTo: document.body })

beforeEach(() => {
  vi.mocked(callResponder).mockReset()
  vi.mocked(moveEvent).mockReset()
  HTMLDialogElement.prototype.showModal ??= () => {}
})

test('a number is dialled without what only people read', () => {
  expect([dialled('025-8375 0000'), dialled('+86 138 0000 1234'), dialled('110')]).toEqual(['tel:02583750000', 'tel:+8613800001234', 'tel:110'])
  expect([spaced('13800001234'), spaced('025-83750000')]).toEqual(['138 0000 1234', '025-83750000'])
})

test('the number stands large, as a link to dial, with what the exchange does', async () => {
  vi.mocked(callResponder).mockResolvedValue({ name: '网格员07', number: '13800001234', outcome: 'by_hand' })
  const wrapper = dialog()
  await flushPromises()
  expect(wrapper.find('a.number').attributes('href')).toBe('tel:13800001234')
  expect(wrapper.find('[role=status]').text()).toContain('没有接入总机')
  expect(wrapper.emitted('made')).toHaveLength(1)
})

test('how it went is one key away and becomes a line of the event', async () => {
  vi.mocked(callResponder).mockResolvedValue({ name: '网格员07', number: '13800001234', outcome: 'connecting' })
  vi.mocked(moveEvent).mockResolvedValue({ id: 342 } as never)
  const wrapper = dialog()
  await flushPromises()
  await wrapper.find('input').setValue('十分钟到')
  await wrapper.find('input').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(vi.mocked(moveEvent).mock.calls[0]?.slice(0, 3)).toEqual([342, 'call_responder', { version: 5, responder_id: 7, outcome: 'reached', note: '十分钟到' }])
  expect(wrapper.emitted('said')?.[0]?.[1]).toBe('reached')
})

test('without a number it is said so, and nothing can be noted', async () => {
  vi.mocked(callResponder).mockRejectedValue(new ApiError(422, { code: 'no_telephone', detail: '网格员07 没有登记电话' }))
  const wrapper = dialog()
  await flushPromises()
  expect(wrapper.find('[role=alert]').text()).toContain('没有登记电话')
  expect(wrapper.findAll('.acts button').map((button) => button.text())).toEqual(['关闭'])
})

test('trying again after a lost answer is the same call', async () => {
  vi.mocked(callResponder).mockRejectedValueOnce(new ApiError(0, { code: 'network' })).mockResolvedValueOnce({ name: '', number: '110', outcome: 'by_hand' })
  const wrapper = dialog()
  await flushPromises()
  await wrapper.find('[role=alert] button').trigger('click')
  await flushPromises()
  const keys = vi.mocked(callResponder).mock.calls.map((call) => call[2]?.idempotencyKey)
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})
