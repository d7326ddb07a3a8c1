import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { ComponentDetail } from '@/modules/components/calls'
import ComponentPanel from '@/modules/components/components/ComponentPanel.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({ editComponent: vi.fn<(...given: unknown[]) => Promise<unknown>>(), changeState: vi.fn<(...given: unknown[]) => Promise<unknown>>(), relocateComponent: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/components/calls', async (real) => ({ ...(await real<object>()), ...calls }))

const nobody = { unit_id: null, name: '' }
const lamp = {
  id: 7, version: 3, code: '3299050103000001', type_code: 'street_lamp', type_name: '路灯', main_class: '道路交通', state: 'intact', area_label: '望江街道', unit_grid: '', address: '富春路',
  maintainer: nobody, owner: nobody, department: nobody, department_by_type: true, inspection_due: null, source: '', lng: 118.7, lat: 32, allowed_moves: ['edit'],
} as unknown as ComponentDetail

function open(): VueWrapper {
  return mount(ComponentPanel, { global: { plugins: [i18n, VueQueryPlugin], stubs: { PointPicker: true } }, props: { component: lamp, types: [], units: [], codeSplit: '' } })
}
const address = (panel: VueWrapper) => panel.findAll('form input')[0]!

beforeEach(() => void vi.resetAllMocks())

test('what is being written stays when a colleague changes the component meanwhile, and is refused as stale, not told as saved', async () => {
  calls.editComponent.mockRejectedValue(new ApiError(409, { code: 'stale_version' }))
  const panel = open()
  await panel.findAll('button').find((one) => one.text() === '修改')!.trigger('click')
  await address(panel).setValue('富春路 8 号')
  await panel.setProps({ component: { ...lamp, version: 4, state: 'damaged' } })
  expect((address(panel).element as HTMLInputElement).value).toBe('富春路 8 号')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(calls.editComponent).toHaveBeenCalledWith(7, { version: 3, address: '富春路 8 号' })
  expect([panel.find('[role=alert]').text().includes('没有保存'), panel.emitted('changed')]).toEqual([true, undefined])
})

const movable = { ...lamp, allowed_moves: ['edit', 'report_damage'] } as ComponentDetail
const press = (panel: VueWrapper, words: string) => panel.findAll('button').find((one) => one.text() === words)!.trigger('click')
const note = (panel: VueWrapper) => panel.find<HTMLInputElement>('.moves form input')

test('the note of a move stays when a colleague changes the component meanwhile, and the move is refused as stale', async () => {
  calls.changeState.mockRejectedValueOnce(new ApiError(409, { code: 'stale_version' }))
  const panel = open()
  await panel.setProps({ component: movable })
  await press(panel, '报破损')
  await note(panel).setValue('灯杆撞弯')
  await panel.setProps({ component: { ...movable, version: 4, address: '富春路 8 号' } })
  expect(note(panel).element.value).toBe('灯杆撞弯')
  await panel.find('.moves form').trigger('submit')
  await flushPromises()
  expect(calls.changeState).toHaveBeenCalledWith(7, 3, 'report_damage', '灯杆撞弯')
  expect([panel.find('[role=alert]').text().includes('没有保存'), note(panel).element.value]).toEqual([true, '灯杆撞弯'])
  const moved = { ...movable, version: 5 }
  calls.changeState.mockResolvedValueOnce(moved)
  await press(panel, '查看最新')
  await press(panel, '报破损')
  await panel.find('.moves form').trigger('submit')
  await flushPromises()
  expect(calls.changeState).toHaveBeenLastCalledWith(7, 4, 'report_damage', '灯杆撞弯')
  expect([panel.emitted('latest'), panel.emitted('changed'), note(panel).exists()]).toEqual([[[]], [[moved]], false])
})

test('the note of a move does not go over to another component', async () => {
  const panel = open()
  await panel.setProps({ component: movable })
  await press(panel, '报破损')
  await note(panel).setValue('灯杆撞弯')
  await panel.setProps({ component: { ...movable, id: 8 } })
  await press(panel, '报破损')
  expect(note(panel).element.value).toBe('')
})

test('a component is moved to the place that was picked, and not before one is', async () => {
  const moved = { ...lamp, version: 4, lng: 118.8 }
  calls.relocateComponent.mockResolvedValue(moved)
  const panel = open()
  await panel.setProps({ component: { ...lamp, allowed_moves: ['edit', 'relocate'] } as ComponentDetail })
  await press(panel, '移位')
  await panel.find('.moves form').trigger('submit')
  expect([panel.find('.moves form [type=submit]').attributes('disabled'), calls.relocateComponent.mock.calls]).toEqual(['', []])
  panel.findComponent({ name: 'PointPicker' }).vm.$emit('update:modelValue', { lng: 118.8, lat: 32 })
  await flushPromises()
  await panel.find('.moves form').trigger('submit')
  await flushPromises()
  expect(calls.relocateComponent).toHaveBeenCalledWith(7, 3, 118.8, 32, '')
  expect([panel.emitted('changed'), panel.find('.moves form').exists()]).toEqual([[[moved]], false])
})
