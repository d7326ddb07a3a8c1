import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { Rule, RuleList } from '@/modules/routing/calls'
import RuleEditor from '@/modules/routing/components/RuleEditor.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { checkExpression: call(), editRule: call(), writeRule: call(), replayRule: call(), switchRule: call(), removeRule: call() }
})
vi.mock('@/modules/routing/calls', () => calls)

const draft: Rule = {
  id: 1, version: 3, edition: 2, position: 10, name: '夜市', state: 'draft', expression: 'level == 1', lead_unit_code: 'gongan', lead_unit_name: '公安分局', lead_office_code: '', owner_level: '',
  co_unit_codes: [], co_unit_names: [], level: null, note: '', automatic: false, replaces_id: null, edited_at: '2026-11-22T02:00:00Z', edited_by: '陈值班', switched_at: null, switched_by: '',
  replayed_at: null, replay_is_current: false, replay: null, problem: '', problem_at: null, may_switch_on: false, may_edit: true, area_path: '', area_label: '',
}
const list = (may_edit = true): RuleList => ({ items: [draft], variables: [{ name: 'level', type: 'int', meaning: '级别' }], offices: [], areas: [{ path: '3299.05.001', name: '望江街道' }], may_edit_site: may_edit, may_edit })

function editor(rule: Rule | null, may_edit = true) {
  return mount(RuleEditor, {
    global: { plugins: [i18n, VueQueryPlugin], stubs: { RouterLink: true } },
    props: { rule: rule && { ...rule, may_edit }, replaced: null, list: list(may_edit), units: [{ code: 'gongan', name: '公安分局' }] },
    attachTo: document.body,
  })
}
const button = (wrapper: ReturnType<typeof editor>, text: string) => wrapper.findAll('footer button').find((one) => one.text() === text)!

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  calls.checkExpression.mockResolvedValue({ ok: true, line: 0, column: 0, message: '' })
})

test('a draft is replayed before it can be switched on', () => {
  expect(button(editor(draft), '启用').attributes('disabled')).toBeDefined()
  expect(button(editor({ ...draft, replay_is_current: true, may_switch_on: true }), '启用').attributes('disabled')).toBeUndefined()
})

test('what is edited is saved before it is replayed', async () => {
  const wrapper = editor({ ...draft, replay_is_current: true, may_switch_on: true })
  await wrapper.find('textarea').setValue('level == 2')
  expect(button(wrapper, '启用').attributes('disabled')).toBeDefined()
  expect(button(wrapper, '在历史案件上回放').attributes('disabled')).toBeDefined()
  calls.editRule.mockResolvedValue({ ...draft, edition: 3 })
  await wrapper.find('form').trigger('submit')
  expect(calls.editRule).toHaveBeenCalledWith(1, 3, expect.objectContaining({ expression: 'level == 2', lead_unit_code: 'gongan' }))
  await flushPromises()
  expect(wrapper.emitted('written')).toHaveLength(1)
})

test('the fault of a condition is told while it is typed', async () => {
  calls.checkExpression.mockResolvedValue({ ok: false, line: 1, column: 7, message: '类型不符' })
  const wrapper = editor(draft)
  await wrapper.find('textarea').setValue("level == 'a'")
  await vi.advanceTimersByTimeAsync(500)
  expect(calls.checkExpression).toHaveBeenCalledTimes(1)
  expect(wrapper.find('.said').text()).toContain('第 1 行第 7 个字符：类型不符')
  expect(wrapper.find('textarea').attributes('aria-invalid')).toBe('true')
})

test('a refusal is told and what was typed stays', async () => {
  calls.writeRule.mockRejectedValue(new ApiError(422, { code: 'rule_decides_nothing', detail: '规则没有给出任何结果' }))
  const wrapper = editor(null)
  await wrapper.find('input[data-first]').setValue('新规则')
  await wrapper.find('textarea').setValue('true')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(wrapper.find('[role=alert]').text()).toContain('规则没有给出任何结果')
  expect(wrapper.find('textarea').element.value).toBe('true')
})

test('who may not edit reads', () => {
  const wrapper = editor(draft, false)
  expect(wrapper.find('textarea').attributes('readonly')).toBeDefined()
  expect(wrapper.find('footer').exists()).toBe(false)
})

test('a rule that is written by a street is of that street', () => {
  const wrapper = mount(RuleEditor, {
    global: { plugins: [i18n, VueQueryPlugin], stubs: { RouterLink: true } },
    props: { rule: null, replaced: null, list: { ...list(), may_edit_site: false }, units: [{ code: 'gongan', name: '公安分局' }] },
  })
  const options = wrapper.find('select').findAll('option').map((option) => option.text())
  expect([options, (wrapper.find('select').element as HTMLSelectElement).value]).toEqual([['望江街道'], '3299.05.001'])
})
