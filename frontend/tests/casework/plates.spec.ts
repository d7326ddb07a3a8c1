import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { computed } from 'vue'
import { ApiError } from '@/api/errors'
import PlateAsk from '@/modules/casework/components/PlateAsk.vue'
import { i18n } from '@/shared/i18n'

const asking = vi.hoisted(() => ({ askPlate: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/casework/plates', () => ({ ...asking, useAsksForPlates: (type: () => string) => computed(() => type() === 'fire_lane_blocked') }))

async function asked(purpose: string) {
  const view = mount(PlateAsk, { props: { alert: 31, type: 'fire_lane_blocked' }, attachTo: document.body, global: { plugins: [i18n, VueQueryPlugin] } })
  await view.find('[data-plate]').trigger('click')
  await flushPromises()
  await view.find('input').setValue(purpose)
  await view.find('form').trigger('submit')
  await flushPromises()
  return view
}

beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = vi.fn<() => void>()
})

test('other kinds of case have no such button', () => {
  expect(mount(PlateAsk, { props: { alert: 31, type: 'litter' }, global: { plugins: [i18n, VueQueryPlugin] } }).find('[data-plate]').exists()).toBe(false)
})

test('a plate is read for a purpose and is gone when the dialog is closed', async () => {
  asking.askPlate.mockResolvedValue({ plate: '苏A6E8F2', score: 0.93, why: '' })
  const view = await asked('占用消防通道，需联系车主挪车')
  expect(asking.askPlate.mock.calls).toEqual([[31, '占用消防通道，需联系车主挪车']])
  expect(view.find('[data-read]').text()).toBe('苏A6E8F2')
  await view.find('dialog').trigger('close')
  expect(view.text()).not.toContain('6E8F2')
})

test('without a purpose nothing is asked', async () => {
  const view = await asked('看')
  expect(asking.askPlate).not.toHaveBeenCalled()
  expect(view.find('button[type=submit]').attributes('disabled')).toBeDefined()
})

test('a plate that cannot be read is said with the reason', async () => {
  asking.askPlate.mockResolvedValue({ plate: '', score: 0, why: 'no_text' })
  expect((await asked('占用消防通道')).find('[data-unread]').text()).toContain('太小或看不清')
})

test('a failure is said and may be tried again', async () => {
  asking.askPlate.mockRejectedValueOnce(new ApiError(409, { code: 'model_missing', detail: '请运行 fetch_models' })).mockResolvedValue({ plate: '苏A6E8F2', score: 0.9, why: '' })
  const view = await asked('占用消防通道')
  expect(view.find('[role=alert]').text()).toContain('fetch_models')
  await view.find('form').trigger('submit')
  await flushPromises()
  expect(view.find('[data-read]').exists()).toBe(true)
})
