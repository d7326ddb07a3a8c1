import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import AlarmBar from '@/modules/desk/components/AlarmBar.vue'
import QueueGroup from '@/modules/desk/components/QueueGroup.vue'
import QueueRow from '@/modules/desk/components/QueueRow.vue'
import { entryOfAlert } from '@/modules/desk/entries'
import { i18n } from '@/shared/i18n'
import { alertRow, at, NOW } from '../desk/rows'

let shown: VueWrapper | null = null
afterEach(() => shown?.unmount())
const global = { plugins: [i18n] }
const figures = { unseen: 0, recovered: 0, seen: 0, inHand: 0 }
const bar = (changes: object = {}): VueWrapper =>
  (shown = mount(AlarmBar, { global, props: { alarms: [], nowMs: NOW, busy: false, failure: null, silentSeconds: 0, stale: false, figures, minor: 0, loaded: true, shelved: 0, flood: '', ...changes } }))
const row = (changes: Parameters<typeof alertRow>[0]): VueWrapper => (shown = mount(QueueRow, { global, props: { entry: entryOfAlert(alertRow(changes)), selected: false, nowMs: NOW } }))

test('what is over and nobody has seen is offered to be acknowledged without an alarm', async () => {
  const calm = bar({ figures: { ...figures, recovered: 2 } })
  expect(calm.find('.alarm').exists()).toBe(false)
  expect(calm.text()).toContain('恢复未确认 2')
  await calm.findAll('button').find((button) => button.text().startsWith('确认恢复'))!.trigger('click')
  expect(calm.emitted('acknowledge')).toHaveLength(1)
})

test('the shelf is a click away, and a flood is said', async () => {
  const flooded = bar({ alarms: [entryOfAlert(alertRow())], shelved: 3, flood: '告警泛滥：10 分钟内新增 47 条', minor: 4 })
  await flooded.find('.shelf').trigger('click')
  expect(flooded.emitted('shelf')).toHaveLength(1)
  expect([flooded.find('.shelf').text(), flooded.find('.flood').text()]).toEqual(['搁置 3', '告警泛滥：10 分钟内新增 47 条'])
})

test('an alarm flashes, what is over is outlined, what is shelved is neither', () => {
  expect(row({}).classes()).toEqual(expect.arrayContaining(['flashing']))
  const over = row({ recovered_at: at(0) })
  expect([over.classes('flashing'), over.classes('recovered'), over.find('.state').text()]).toEqual([false, true, '恢复未确认'])
  const aside = row({ shelved_until: at(30) })
  expect([aside.classes('flashing'), aside.classes('recovered'), aside.find('.state').text()]).toEqual([false, false, '搁置'])
})

test('a group says place, cause and number, and unfolds', async () => {
  const group = { key: 's1|停电', place: '望江街道', cause: '停电', level: 2, count: 47, unseen: 40, rows: [] }
  const line = (shown = mount(QueueGroup, { global, props: { group, open: false } }))
  expect(line.text()).toContain('望江街道 停电 47 条')
  await line.find('button').trigger('click')
  expect(line.emitted('toggle')).toHaveLength(1)
})
