import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import * as calls from '@/modules/catalogue/calls'
import ImportDialog from '@/modules/catalogue/components/ImportDialog.vue'
import ReasonDialog from '@/modules/catalogue/components/ReasonDialog.vue'
import TypeForm from '@/modules/catalogue/components/TypeForm.vue'
import TypeView from '@/modules/catalogue/components/TypeView.vue'
import { i18n } from '@/shared/i18n'
import { list, row, type } from './factories'

const known = list(row())
const global = { plugins: [i18n] }

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => {}
})

const editing = () => mount(TypeForm, { global, props: { type: type(), list: known }, attachTo: document.body })

test('what a type says is all there, and only who may edit gets buttons', () => {
  const shown = mount(TypeView, { global, props: { type: type(), list: known, mayEdit: false } })
  expect(shown.text()).toContain('占用主干道或阻塞交通')
  expect(shown.text()).toContain('2 小时（连续）')
  expect(shown.text()).toContain('起始目录')
  expect(shown.findAll('.acts button')).toHaveLength(0)
})

test('a wrong limit is told beside it and nothing is sent', async () => {
  const change = vi.spyOn(calls, 'changeType')
  const form = editing()
  await form.find('[data-field="conditions.0.limit_amount"]').setValue('0')
  expect(form.text()).toContain('时限必须大于 0')
  await form.trigger('submit')
  expect(change).not.toHaveBeenCalled()
})

test('a change is sent with the version that was read', async () => {
  const change = vi.spyOn(calls, 'changeType').mockResolvedValue(type({ version: 2 }))
  const form = editing()
  await form.find('[data-field="name"]').setValue('占道经营')
  await form.trigger('submit')
  await flushPromises()
  expect(change.mock.calls[0]?.slice(0, 2)).toEqual(['street_vending', 1])
  expect(form.emitted('saved')).toHaveLength(1)
})

test('what the platform refuses stands at its field', async () => {
  vi.spyOn(calls, 'changeType').mockRejectedValue(new ApiError(422, { code: 'invalid', errors: [{ field: 'sub_code', code: 'double_number', message: '已用于“夜市”' }] }))
  const form = editing()
  await form.find('[data-field="name"]').setValue('占道经营')
  await form.trigger('submit')
  await flushPromises()
  expect(form.find('.fault').text()).toBe('已用于“夜市”')
})

test('somebody elses newer version is told and kept apart from what was typed', async () => {
  vi.spyOn(calls, 'changeType').mockRejectedValue(new ApiError(409, { code: 'stale_version' }))
  const form = editing()
  await form.find('[data-field="name"]').setValue('占道经营')
  await form.trigger('submit')
  await flushPromises()
  expect(form.find('[role=alert]').text()).toContain('他人已保存新版本')
  expect((form.find('[data-field="name"]').element as HTMLInputElement).value).toBe('占道经营')
})

test('retiring needs a reason and says what it means for open events', async () => {
  const retire = vi.spyOn(calls, 'retireType').mockResolvedValue(type({ is_current: false }))
  const dialog = mount(ReasonDialog, { global, props: { type: type(), kind: 'retire' } })
  expect(dialog.text()).toContain('3 件未办结案件')
  await dialog.find('form').trigger('submit')
  expect(retire).not.toHaveBeenCalled()
  await dialog.find('textarea').setValue('并入店外经营')
  await dialog.find('form').trigger('submit')
  await flushPromises()
  expect(retire).toHaveBeenCalledWith('street_vending', 1, '并入店外经营')
})

const counts = { new: 0, changed: 1, restored: 0, retired: 0, unchanged: 9 }
const difference = {
  kind: 'changed' as const, code: 'street_vending', sub_code: '01', name: '违规占道经营', category: 'event' as const, main_class: '街面秩序', version: 1, row: 2, condition_count: 1,
  changes: [{ field: 'limit_amount', condition: 'blocking', before: '2', after: '3' }],
}
const fault = { sheet: '案件类型目录', row: 7, column: 'U', code: 'limit_not_positive', message: '时限必须大于 0。' }

async function previewed(answer: Partial<calls.ImportPreview>) {
  vi.spyOn(calls, 'previewImport').mockResolvedValue({ fingerprint: 'f', counts, items: [difference], errors: [], error_count: 0, ignored_columns: [], ...answer })
  const dialog = mount(ImportDialog, { global, props: { list: known } })
  const input = dialog.find('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'catalogue.xlsx')] })
  await input.trigger('change')
  await dialog.find('form').trigger('submit')
  await flushPromises()
  return dialog
}

test('a preview with errors names the cell and cannot be written', async () => {
  const dialog = await previewed({ fingerprint: '', errors: [fault], error_count: 1 })
  expect(dialog.find('tbody').text()).toContain('7')
  expect(dialog.find('tbody').text()).toContain('时限必须大于 0。')
  expect(dialog.findAll('button[type=submit]')).toHaveLength(0)
})

test('what was previewed is written with its fingerprint', async () => {
  const apply = vi.spyOn(calls, 'applyImport').mockResolvedValue({ counts })
  const dialog = await previewed({})
  expect(dialog.text()).toContain('修改 1')
  await dialog.find('form').trigger('submit')
  await flushPromises()
  expect(apply.mock.calls[0]?.[2]).toBe('f')
  expect(dialog.emitted('done')).toHaveLength(1)
})

test('a catalogue that changed since asks for another preview', async () => {
  vi.spyOn(calls, 'applyImport').mockRejectedValue(new ApiError(409, { code: 'preview_outdated' }))
  const dialog = await previewed({})
  await dialog.find('form').trigger('submit')
  await flushPromises()
  expect(dialog.find('[role=alert]').text()).toContain('没有写入任何内容')
  expect(dialog.findAll('button[type=submit]')).toHaveLength(0)
})
