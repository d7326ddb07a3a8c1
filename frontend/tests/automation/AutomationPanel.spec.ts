import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { Automation, AutomationList } from '@/modules/automation/calls'
import AutomationDialog from '@/modules/automation/components/AutomationDialog.vue'
import AutomationPanel from '@/modules/automation/components/AutomationPanel.vue'
import { i18n } from '@/shared/i18n'
import { automation, preview } from './automation'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { fetchAutomation: call(), writeAutomation: call(), switchAutomation: call(), rehearse: call() }
})
vi.mock('@/modules/automation/calls', () => calls)

const global = { plugins: [i18n, VueQueryPlugin], stubs: { RouterLink: { template: '<a><slot /></a>' } } }
const list = (items: Automation[]): AutomationList => ({
  items, days: 90, may_edit: true, routing: [{ rule_id: 3, name: '夜市', figure: { confirmed: 9, dismissed: 1, sample: 10, ratio: 0.9, lower: 0.596 } }],
  scenarios: [{ code: 'x', number: 1, name: '重点区域闯入', about_person: true, filing_declared: false, figure: { confirmed: 0, dismissed: 0, sample: 0, ratio: null, lower: null } }],
})
const dialog = (item: Automation, mayEdit = true) => mount(AutomationDialog, { global, props: { item, mayEdit }, attachTo: document.body })
const button = (wrapper: ReturnType<typeof dialog>, text: string) => wrapper.findAll('button').find((one) => one.text() === text)

beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = vi.fn<() => void>()
  HTMLDialogElement.prototype.close = vi.fn<() => void>()
})

test('every row says how often it was right, and why a person decides', async () => {
  calls.fetchAutomation.mockResolvedValue(list([automation(), automation({ source: 'data', rule: 'other', scenario: null, why_not: 'no_scenario', version: 0, state: 'none' })]))
  const wrapper = mount(AutomationPanel, { global })
  await flushPromises()
  const [first, second] = wrapper.findAll('tbody tr')
  expect(first!.text()).toContain('属实率下限 96.6%')
  expect(first!.text()).toContain('属实 208，误报 2')
  expect(first!.text()).toContain('未启用')
  expect(first!.text()).toContain('已达到要求，可以启用')
  expect(second!.text()).toContain('没有场景以此为触发')
  expect(second!.find('button').exists()).toBe(false)
  expect(wrapper.text()).toContain('属实率下限 59.6%')
  expect(wrapper.text()).toContain('对人的决定：由人作出')
})

test('what is on is said so, and what switched itself off tells its figure', async () => {
  calls.fetchAutomation.mockResolvedValue(list([automation({ state: 'on', why_not: '', why_not_filed: '', switched_by: '吴管理', switched_at: '2026-11-22T02:00:00Z' }), automation({ rule: 'b', state: 'stopped', why_not: 'stopped', stopped_lower: 0.84 })]))
  const wrapper = mount(AutomationPanel, { global })
  await flushPromises()
  expect(wrapper.text()).toContain('自动判定并立案')
  expect(wrapper.text()).toContain('下限 84.0%')
})

test('limits are saved before it is switched on', async () => {
  const wrapper = dialog(automation())
  expect(button(wrapper, '启用')!.attributes('disabled')).toBeUndefined()
  await wrapper.findAll('input[type=number]')[0]!.setValue(97)
  expect(button(wrapper, '启用')!.attributes('disabled')).toBeDefined()
  calls.writeAutomation.mockResolvedValue(automation({ version: 2, min_precision: 0.97 }))
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(calls.writeAutomation).toHaveBeenCalledWith(expect.objectContaining({ version: 1 }), expect.objectContaining({ min_precision: 0.97 }))
  expect(wrapper.emitted('changed')).toHaveLength(1)
})

test('limits that are none are told at their field and are not sent', async () => {
  const wrapper = dialog(automation())
  await wrapper.findAll('input[type=number]')[0]!.setValue(120)
  expect(wrapper.find('#automation-fault-percent').text()).toBe('须大于 50、小于 100')
  await wrapper.find('form').trigger('submit')
  expect(calls.writeAutomation).not.toHaveBeenCalled()
  expect(button(wrapper, '试算')!.attributes('disabled')).toBeDefined()
})

test('what is not measured enough is not switched on', () => {
  expect(button(dialog(automation({ may_switch_on: false })), '启用')!.attributes('disabled')).toBeDefined()
})

test('it is tried on the past before anybody switches it on', async () => {
  calls.rehearse.mockResolvedValue(preview())
  const wrapper = dialog(automation())
  await button(wrapper, '试算')!.trigger('click')
  await flushPromises()
  expect(calls.rehearse).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ min_sample: 100 }), 30)
  expect(wrapper.text()).toContain('30 条会被自动判定')
  expect(wrapper.text()).toContain('误报 1 条')
  expect(wrapper.text()).toContain('幸福里消防通道')
})

test('a refusal is told', async () => {
  calls.switchAutomation.mockRejectedValue(new ApiError(409, { code: 'not_measured_enough', detail: '还不能启用' }))
  const wrapper = dialog(automation())
  await button(wrapper, '启用')!.trigger('click')
  await flushPromises()
  expect(wrapper.find('[role=alert]').text()).toContain('还不能启用')
})

test('what is on is switched off and not edited', async () => {
  const wrapper = dialog(automation({ state: 'on', why_not: '' }))
  expect(wrapper.findAll('input[type=number]')[0]!.attributes('readonly')).toBeDefined()
  calls.switchAutomation.mockResolvedValue(automation())
  await button(wrapper, '停用')!.trigger('click')
  expect(calls.switchAutomation).toHaveBeenCalledWith(expect.objectContaining({ state: 'on' }), false)
})

test('who may not edit reads', () => {
  const wrapper = dialog(automation(), false)
  expect(button(wrapper, '启用')).toBeUndefined()
  expect(wrapper.text()).toContain('您可以查看')
})
