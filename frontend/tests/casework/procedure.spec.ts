import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import * as endpoints from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import type { EventDetail, Progress } from '@/api/types'
import ProcedureBook from '@/modules/casework/components/ProcedureBook.vue'
import { stepLimitWords } from '@/modules/casework/limits'
import { isOver, restOf, type Point } from '@/modules/casework/points'
import { i18n } from '@/shared/i18n'

const point = (number: number, changes: Partial<Point> = {}): Point => ({ number, text: '超许可范围储存', standard: '与许可证一致', checked_by: '应急管理局', severity: 'major', finding: '', remark: '', marked_by: null, marked_at: null, version: 0, ...changes })
const progress: Progress = {
  scenario: 'hazardous_goods', number: 17, name: '危化品储运', percent: 20, legs: [], closing_standard: '',
  steps: [
    { code: 'verify', name: '核实', who: '网格员', text: '上风向辨认', state: 'current', limit: { type: 'urgent_hours', amount: 0.25 }, began_at: null, due_at: null, ended_at: null, evidence: ['verification'] },
    { code: 'handle', name: '处置', who: '主办部门', text: '堵漏', state: 'waiting', limit: { type: 'working_days', amount: 1 }, began_at: null, due_at: null, ended_at: null, evidence: [] },
  ],
  evidence: [{ purpose: 'after', text: '处置后照片与清单' }],
  scenes: [{ name: '储存', links: [{ number: 1, name: '许可与台账', unit: '应急管理局', points: [point(1)] }] }],
  points: { total: 1, marked: 0, found: 0, may_mark: false },
}

test('the rulebook tells of each step who does it, how long it may take and what it leaves behind', () => {
  const wrapper = mount(ProcedureBook, { props: { progress, eventId: 7 }, global: { plugins: [i18n] } })
  const [verify, handle] = wrapper.findAll('ol > li').map((line) => line.text())
  expect(verify).toMatch(/核实.*网格员 · 15 分钟.*上风向辨认.*须留证：核实照片/s)
  expect([handle, wrapper.find('[aria-current=step]').text()]).toEqual([expect.not.stringContaining('须留证'), verify])
})

test('every hidden-danger point stands under its link with its standard and who checks it', () => {
  const wrapper = mount(ProcedureBook, { props: { progress, eventId: 7 }, global: { plugins: [i18n] } })
  expect(wrapper.text()).toContain('1 类情形 · 1 个环节 · 1 个隐患点')
  expect(wrapper.find('section').text()).toMatch(/1 许可与台账.*超许可范围储存.*重大.*标准：与许可证一致（应急管理局检查）/s)
  expect(mount(ProcedureBook, { props: { progress: { ...progress, scenes: [] }, eventId: 7 }, global: { plugins: [i18n] } }).find('section').exists()).toBe(false)
})

test('limits below an hour are told in minutes', () => {
  expect([stepLimitWords({ type: 'urgent_hours', amount: 0.0833 }).amount, stepLimitWords({ type: 'urgent_hours', amount: 8 })]).toEqual(['5', { key: 'casework.limit.urgentHours', amount: '8' }])
})

const marking = (points: Point[]): Progress => ({ ...progress, scenes: [{ name: '储存', links: [{ number: 1, name: '许可与台账', unit: '应急管理局', points }] }], points: { total: points.length, marked: 0, found: 0, may_mark: true } })
const bookOf = (shown: Progress) => mount(ProcedureBook, { props: { progress: shown, eventId: 7 }, global: { plugins: [i18n] } })
beforeEach(() => void vi.restoreAllMocks())

test('a point is ticked off with the version that was seen, and the answer is shown at once', async () => {
  const after = marking([point(1, { finding: 'found', remark: '超量', marked_by: '周部门', marked_at: '2027-03-02T02:00:00Z', version: 1 })])
  const sent = vi.spyOn(endpoints, 'markPoints').mockResolvedValue({ progress: { ...after, points: { total: 1, marked: 1, found: 1, may_mark: true } } } as EventDetail)
  const wrapper = bookOf(marking([point(1)]))
  await wrapper.find('.answers input').setValue(' 超量 ')
  await wrapper.findAll('.answers button')[1]!.trigger('click')
  await flushPromises()
  expect(sent.mock.calls[0]!.slice(0, 2)).toEqual([7, [{ number: 1, finding: 'found', remark: '超量', version: 0 }]])
  expect(wrapper.find('summary').text()).toContain('已查 1/1 · 隐患 1')
  expect(wrapper.find('.said').text()).toMatch(/发现隐患.*超量 · 周部门/)
  // The answer that stands, pressed again, is taken back.
  await wrapper.findAll('.answers button')[1]!.trigger('click')
  expect(sent.mock.calls[1]![1]).toEqual([{ number: 1, finding: '', remark: '', version: 1 }])
})

test('who marked it meanwhile is told, and what stands in the book stays', async () => {
  vi.spyOn(endpoints, 'markPoints').mockRejectedValue(new ApiError(409, { code: 'point_marked_meanwhile', detail: '第 1 个隐患点刚由 钱民警 标为“未发现”，请看过后再改。' }))
  const wrapper = bookOf(marking([point(1)]))
  await wrapper.findAll('.answers button')[0]!.trigger('click')
  await flushPromises()
  expect([wrapper.find('[role=alert]').text(), wrapper.find('.said').exists()]).toEqual([expect.stringContaining('钱民警'), false])
})

test('who neither verifies nor handles only reads, and the rest of a link is in order by one click', async () => {
  expect(mount(ProcedureBook, { props: { progress, eventId: 7 }, global: { plugins: [i18n] } }).find('.answers').exists()).toBe(false)
  const link = marking([point(1, { finding: 'found', version: 3 }), point(2), point(3, { version: 2 })]).scenes[0]!.links[0]!
  expect(restOf(link)).toEqual([{ number: 2, finding: 'not_found', remark: '', version: 0 }, { number: 3, finding: 'not_found', remark: '', version: 2 }])
})

test('a step at hand is over after its limit, a done one where it was done late', () => {
  const due = '2027-03-02T02:00:00Z'
  const at = Date.parse(due)
  const over = (ended_at: string | null, nowMs: number) => isOver({ due_at: due, ended_at }, nowMs)
  expect([over(null, at), over(null, at + 1), over('2027-03-02T01:00:00Z', at + 1), over('2027-03-02T03:00:00Z', at), isOver({ due_at: null, ended_at: null }, at)]).toEqual([false, true, false, true, false])
})
