import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { OrgUnit } from '@/api/types'
import CommandLine from '@/modules/desk/components/CommandLine.vue'
import { entryOfEvent } from '@/modules/desk/entries'
import { i18n } from '@/shared/i18n'
import { eventRow } from './rows'

const known = {
  rows: [entryOfEvent(eventRow({ id: 342, number: '20261122-000342' }))], responders: [],
  units: [{ id: 1, name: '云澜区城市管理局', short_name: '城管局', code: 'chengguan', kind: 'department' } as OrgUnit],
}
const line = () => mount(CommandLine, { global: { plugins: [i18n] }, props: { known, said: '' }, attachTo: document.body })

async function type(wrapper: ReturnType<typeof line>, text: string) {
  const input = wrapper.find('input')
  input.element.focus()
  await input.setValue(text)
  return input
}
const shown = (wrapper: ReturnType<typeof line>): string[] => wrapper.findAll('[role=option]').map((one) => one.text())

test('Enter carries out what was typed and empties the line', async () => {
  const wrapper = line()
  const input = await type(wrapper, '结 0342')
  await input.trigger('keydown', { code: 'Enter' })
  expect(wrapper.emitted('run')).toEqual([[{ kind: 'move', verb: 'close', numbers: ['0342'], words: [] }]])
  expect(input.element.value).toBe('')
})

test('the Enter of an input method takes a word and sends nothing', async () => {
  const wrapper = line()
  const input = await type(wrapper, '结 0342')
  await input.trigger('keydown', { code: 'Enter', isComposing: true })
  expect(wrapper.emitted('run')).toBeUndefined()
  expect(input.element.value).toBe('结 0342')
})

test('while an input method composes nothing is suggested', async () => {
  const wrapper = line()
  const input = await type(wrapper, '0342')
  expect(shown(wrapper)).toHaveLength(2)
  await input.trigger('compositionstart')
  expect(shown(wrapper)).toEqual([])
  await input.trigger('compositionend')
  expect(shown(wrapper)).toHaveLength(2)
})

test('a suggestion is gone to with the arrows and completes the command', async () => {
  const wrapper = line()
  const input = await type(wrapper, '派 csgl')
  await input.trigger('keydown', { code: 'ArrowDown' })
  expect(input.attributes('aria-activedescendant')).toBe(wrapper.find('[role=option]').attributes('id'))
  await input.trigger('keydown', { code: 'Enter' })
  await flushPromises()
  expect([input.element.value, wrapper.emitted('run')]).toEqual(['派 云澜区城市管理局 ', undefined])
})

test('a case that is chosen is opened', async () => {
  const wrapper = line()
  const input = await type(wrapper, '0342')
  await input.trigger('keydown', { code: 'ArrowDown' })
  await input.trigger('keydown', { code: 'Enter' })
  await flushPromises()
  expect(wrapper.emitted('select')).toEqual([['event:342']])
})
