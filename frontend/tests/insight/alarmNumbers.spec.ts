import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Alarms } from '@/modules/insight/calls'
import { alarmNumbers, noisyTable, operatorsTable } from '@/modules/insight/alarmNumbers'
import AlarmsTab from '@/modules/insight/components/AlarmsTab.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({ fetchAlarms: vi.fn<() => Promise<unknown>>(), behindAlarm: vi.fn<(query: unknown) => (cursor: string) => Promise<unknown>>() }))
vi.mock('@/modules/insight/calls', () => calls)

const peak = '2026-11-21T02:10:00Z'
const judged = { source: 'video', rule: 'presence', rule_name: '滞留', alerts: 12, confirmed: 3, dismissed: 1, false_rate: 0.25 }
const alarms: Alarms = {
  rate: { raised: 12, mean_in_ten_minutes: 0.1, peak_in_ten_minutes: 11, peak_at: peak, flood_share: 0.01, floods: 1, flooded: 11, worst_floods: [{ at: peak, count: 11 }] },
  states: [{ state: 'open', count: 8 }, { state: 'confirmed', count: 3 }, { state: 'dismissed', count: 1 }, { state: 'expired', count: 0 }],
  operators: [{ id: 5, name: '王值守', acknowledged: 4, mean_in_ten_minutes: 2, peak_in_ten_minutes: 3, peak_at: peak }],
  noisy: [{ ...judged, subject_kind: 'zone', subject_id: 7, camera: '湖边 1 号', place: '湖滨街道', seen: 40 }],
  rules: [judged],
  standing: { count: 2, oldest: [] },
  levels: [{ level: 'critical', count: 1, share: 0.1, target: 0.05 }, { level: 'urgent', count: 0, share: 0, target: 0.15 }, { level: 'other', count: 11, share: 0.9, target: 0.8 }],
}
const plain = (key: string): string => key

test('a number says which alerts it counts', () => {
  const source = { found_by: 'video', rule: 'presence', subject_kind: 'zone', subject_id: 7 }
  expect(noisyTable(alarms.noisy, plain).opens[0]).toEqual([null, null, null, source, source, { ...source, state: 'confirmed' }, { ...source, state: 'dismissed' }, null])
  expect(operatorsTable(alarms.operators, plain).opens[0]!.at(-1)).toEqual({ of: 'acknowledged', operator: 5, since: peak })
  expect(alarmNumbers(alarms, plain).map((one) => [one.count, one.counts])).toEqual([
    [12, {}], [11, { since: peak }], [11, { in_floods: true }], [8, { state: 'open' }], [3, { state: 'confirmed' }], [1, { state: 'dismissed' }], [0, { state: 'expired' }],
    [1, { level: 'critical' }], [0, { level: 'urgent' }], [11, { level: 'other' }], [2, { of: 'standing' }],
  ])
})

test('a cell opens its alerts beside the tables, each leading to its place on the desk, and closes them again', async () => {
  calls.fetchAlarms.mockResolvedValue(alarms)
  const row = { id: 31, title: '滞留 · 湖边', state: 'confirmed', level: 2, area_label: '湖滨街道', found_at: peak, seen_count: 3, acknowledged_by: null, event_id: 9 }
  calls.behindAlarm.mockReturnValue(() => Promise.resolve({ items: [row], next: null }))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<i />' } }] })
  await router.push('/insight/alarms?first=2026-11-21&last=2026-11-22&source=hotline_12345')
  const wrapper = mount(AlarmsTab, { attachTo: document.body, global: { plugins: [createPinia(), i18n, router, [VueQueryPlugin, { queryClient: new QueryClient() }]], stubs: { FigureChart: true, ExportMenu: true } } })
  await vi.waitFor(() => expect(wrapper.text()).toContain('湖边 1 号'))
  const cell = wrapper.get('[aria-label="湖边 1 号 误报数：1，查看告警"]')
  await cell.trigger('click')
  expect(calls.behindAlarm).toHaveBeenLastCalledWith({ first: '2026-11-21', last: '2026-11-22', found_by: 'video', rule: 'presence', subject_kind: 'zone', subject_id: 7, state: 'dismissed' })
  await vi.waitFor(() => expect(wrapper.find('aside').text()).toContain('出现 3 次'))
  expect(wrapper.findAll('aside a').map((link) => link.attributes('href'))).toEqual(['/desk?item=alert:31', '/desk?item=event:9'])
  await wrapper.get('aside').trigger('keydown', { key: 'Escape' })
  expect(wrapper.find('aside').exists()).toBe(false)
})
