import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { againIn, isUnread, type ImportDetail } from '@/modules/gridImport/calls'
import ReadingStep from '@/modules/gridImport/components/ReadingStep.vue'
import { i18n } from '@/shared/i18n'

const file = { id: 3, state: 'received', file_name: '社区边界.zip', read: 0, total: null, problem_zh: '', problem_en: '' } as unknown as ImportDetail
const shown = (over: Partial<ImportDetail>) => mount(ReadingStep, { global: { plugins: [i18n] }, props: { detail: { ...file, ...over } } })

test('a file that waits says so without a share, and that one may leave', () => {
  const step = shown({})
  expect([step.text().includes('等待读取'), step.find('progress').attributes('value'), step.text().includes('可以离开本页')]).toEqual([true, undefined, true])
})

test('a file that is read tells how many shapes of how many', () => {
  const step = shown({ state: 'reading', read: 500, total: 1200 })
  expect([step.find('progress').attributes('value'), step.text().includes('已读 500 / 1200 个图形')]).toEqual(['500', true])
})

test('a file that could not be read says why and what to do', () => {
  const step = shown({ state: 'refused', problem_zh: '文件中没有面状图形。' })
  expect([step.find('[role=alert]').text(), step.find('progress').exists(), step.text().includes('重新上传')]).toEqual(['文件中没有面状图形。', false, true])
})

test('the page asks again only while something goes on', () => {
  expect([againIn(file), againIn({ state: 'reading' }), againIn({ state: 'refused' }), againIn({ state: 'read' }), againIn(undefined)]).toEqual([1000, 1000, false, false, false])
  expect([isUnread(file), isUnread({ state: 'refused' }), isUnread({ state: 'placed' })]).toEqual([true, true, false])
})
