import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import * as endpoints from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import type { EventDetail } from '@/api/types'
import EvidenceHold from '@/modules/casework/components/EvidenceHold.vue'
import { i18n } from '@/shared/i18n'

const held = { held_at: '2027-03-02T02:00:00Z', held_by: '陈值班', reason: '', of_main: false }
const shown = (event: Pick<EventDetail, 'held' | 'may_hold'>) => mount(EvidenceHold, { props: { event: { id: 7, ...event } }, global: { plugins: [i18n] } })
beforeEach(() => void vi.restoreAllMocks())

test('a held case says by whom, and why only where that is told', () => {
  expect(shown({ held, may_hold: false }).text()).toMatch(/^证据已封存\s*陈值班 .* 封存$/)
  expect(shown({ held: { ...held, reason: '行政复议', of_main: true }, may_hold: true }).text()).toMatch(/随主案件封存.*· 行政复议$/s)
  expect(shown({ held: null, may_hold: false }).html()).not.toContain('button')
})

test('it is held with a reason, and the page is asked to read the case again', async () => {
  const sent = vi.spyOn(endpoints, 'holdEvent').mockResolvedValue({} as EventDetail)
  const wrapper = shown({ held: null, may_hold: true })
  await wrapper.find('button').trigger('click')
  await wrapper.find('form').trigger('submit')
  expect(sent).not.toHaveBeenCalled()
  await wrapper.find('input').setValue(' 行政复议 ')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect([sent.mock.calls[0]!.slice(0, 2), wrapper.emitted('held')?.length, wrapper.find('form').exists()]).toEqual([[7, '行政复议'], 1, false])
})

test('a refusal is told and what was typed stays', async () => {
  vi.spyOn(endpoints, 'holdEvent').mockRejectedValue(new ApiError(409, { code: 'already_held', detail: '已经封存' }))
  const wrapper = shown({ held: null, may_hold: true })
  await wrapper.find('button').trigger('click')
  await wrapper.find('input').setValue('行政复议')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect([wrapper.find('[role=alert]').exists(), wrapper.find('input').element.value, wrapper.emitted('held')]).toEqual([true, '行政复议', undefined])
})
