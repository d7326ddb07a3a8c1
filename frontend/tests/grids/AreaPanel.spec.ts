import { mount, type VueWrapper } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { PlannedArea } from '@/modules/grids/calls'
import AreaPanel from '@/modules/grids/components/AreaPanel.vue'
import { i18n } from '@/shared/i18n'

const area = { ref: 'a1', level: 'grid', parent: 'm1', code: '329905001001G001', name: '1号网格', households: 300, path: 'p', workers: 1, change: 'change', before: null } as unknown as PlannedArea

const open = (): VueWrapper => mount(AreaPanel, { global: { plugins: [i18n] }, props: { area, drafted: null, editable: true, busy: false, stale: false } })
const read = (panel: VueWrapper): string[] => panel.findAll('input').map((one) => one.element.value)
const write = (panel: VueWrapper, nth: number, value: string) => panel.findAll('input')[nth]!.setValue(value)

test('what is being written stays when a colleague changes the same area meanwhile, and what nobody touched follows', async () => {
  const panel = open()
  await write(panel, 0, '东门网格')
  await panel.setProps({ area: { ...area, code: '329905001001G009', households: 280 } })
  expect(read(panel)).toEqual(['东门网格', '329905001001G009', '280'])
  await panel.find('form').trigger('submit')
  expect(panel.emitted('step')).toEqual([[{ tool: 'write', refs: ['a1'], name: '东门网格' }]])
})

test('a colleague’s words in the field that is being written in are told, and not taken', async () => {
  const panel = open()
  await write(panel, 0, '东门网格')
  await panel.setProps({ area: { ...area, name: '西门网格' } })
  expect([read(panel)[0], panel.find('[role=status]').text().includes('西门网格')]).toEqual(['东门网格', true])
})

test('what was saved is not told as a colleague’s, even while one writes on', async () => {
  const panel = open()
  await write(panel, 0, '东门网格 ')
  await panel.find('form').trigger('submit')
  await write(panel, 0, '东门网格二')
  await panel.setProps({ area: { ...area, name: '东门网格' } })
  expect([read(panel)[0], panel.find('[role=status]').exists()]).toEqual(['东门网格二', false])
})

test('another area, and dropping the change, begin with what is written there', async () => {
  const panel = open()
  await write(panel, 2, '12')
  await panel.setProps({ area: { ...area, ref: 'a2', name: '2号网格' } })
  expect(read(panel)).toEqual(['2号网格', '329905001001G001', '300'])
  await write(panel, 2, '12')
  await panel.findAll('button').find((one) => one.text() === '放弃此项变更')!.trigger('click')
  expect([read(panel)[2], panel.emitted('step')]).toEqual(['300', [[{ tool: 'forget', refs: ['a2'] }]]])
})
