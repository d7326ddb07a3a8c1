import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import type { Held } from '@/modules/intake/calls'
import HeldContact from '@/modules/intake/components/HeldContact.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({ seeHeldContact: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/intake/calls', () => calls)

const report: Held = {
  id: 7, state: 'waiting', reasons: ['no_place'], type_code: '', type_name: '', description: '路灯不亮', address: '某条路', area_path: '3299.05', area_label: '', lng: null, lat: null,
  has_contact: true, contact_name: '王**', contact_phone: '138****0000', may_see_contact: true, photos: [], created_at: '2026-11-22T02:00:00Z',
}

test('a contact is masked until somebody says why', async () => {
  calls.seeHeldContact.mockResolvedValue({ id: 7, name: '王小芳', phone: '13800000000' })
  const shown = mount(HeldContact, { global: { plugins: [i18n] }, props: { report } })
  expect(shown.text()).toContain('138****0000')
  await shown.find('button').trigger('click')
  await shown.find('input').setValue('问清地点')
  await shown.find('form').trigger('submit')
  await flushPromises()
  expect(calls.seeHeldContact).toHaveBeenCalledWith(7, '问清地点')
  expect(shown.find('strong').text()).toBe('王小芳 13800000000')
})
