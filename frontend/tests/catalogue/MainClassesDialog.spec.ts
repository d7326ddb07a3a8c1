import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import MainClassesDialog from '@/modules/catalogue/components/MainClassesDialog.vue'
import { i18n } from '@/shared/i18n'
import { list, row } from './factories'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { createMainClass: call(), renameMainClass: call(), retireMainClass: call(), restoreMainClass: call() }
})
vi.mock('@/modules/catalogue/calls', () => calls)
beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal ??= () => undefined
})

const open = () => mount(MainClassesDialog, { global: { plugins: [i18n] }, props: { list: list(row()) } })
const press = (wrapper: ReturnType<typeof open>, label: string) => wrapper.find(`button[aria-label="${label}"]`).trigger('click')

test('a class is renamed in the version that was looked at', async () => {
  const whole = list(row())
  calls.renameMainClass.mockResolvedValue(whole)
  const wrapper = open()
  await press(wrapper, '更名 街面秩序')
  await wrapper.find('li form input').setValue('街面管理')
  await wrapper.find('li form').trigger('submit')
  await flushPromises()
  expect(calls.renameMainClass).toHaveBeenCalledWith(expect.objectContaining({ code: '05', version: 1 }), '街面管理', '')
  expect(wrapper.emitted('changed')).toEqual([[whole]])
})

test('retiring asks why, and what the platform refuses is told', async () => {
  calls.retireMainClass.mockRejectedValue(new ApiError(409, { code: 'main_class_has_types', detail: '该大类下还有 1 个在用小类' }))
  const wrapper = open()
  await press(wrapper, '停用 街面秩序')
  await wrapper.find('li form').trigger('submit')
  expect(calls.retireMainClass).not.toHaveBeenCalled()
  await wrapper.find('li form input').setValue('不再使用')
  await wrapper.find('li form').trigger('submit')
  await flushPromises()
  expect(wrapper.find('.fault').text()).toContain('还有 1 个在用小类')
})

test('a colleague who was faster is told of', async () => {
  calls.renameMainClass.mockRejectedValue(new ApiError(409, { code: 'stale_version', current_version: 2 }))
  const wrapper = open()
  await press(wrapper, '更名 街面秩序')
  await wrapper.find('li form').trigger('submit')
  await flushPromises()
  await wrapper.find('.fault button').trigger('click')
  expect(wrapper.emitted('latest')).toHaveLength(1)
})
