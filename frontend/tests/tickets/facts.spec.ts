import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { OrderDetail } from '@/api/types'
import TicketFacts from '@/modules/tickets/components/TicketFacts.vue'
import { i18n } from '@/shared/i18n'

const event = { type_name: '路灯', reported_at: '2026-11-01T08:00:00+08:00', source: 'inspection', condition: null, closing_standard: '', description: '', unit_grid: '', component: null }
const factsOf = (changes: object) =>
  mount(TicketFacts, { global: { plugins: [i18n] }, props: { order: { event: { ...event, ...changes }, area_label: '望江街道', address: '', role: 'lead', unit: { name: '市政所' } } as unknown as OrderDetail } })
const asPairs = (wrapper: ReturnType<typeof factsOf>) => Object.fromEntries(wrapper.findAll('dt').map((name, at) => [name.text(), wrapper.findAll('dd')[at]!.text()]))

test('a ticket names the unit grid and the component it is about, on the screen and on paper', () => {
  const told = asPairs(factsOf({ unit_grid: '329905001001023', component: { type_name: '路灯', code: '3299050103000001', state: 'damaged' } }))
  expect(told).toMatchObject({ 单元网格: '329905001001023', 部件: '路灯 3299050103000001 · 破损' })
})

test('where there is neither, a ticket says nothing of them', () => {
  expect(Object.keys(asPairs(factsOf({})))).toEqual(['类型', '地点', '上报时间', '来源', '承办'])
})
