import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { ComponentDetail } from '@/modules/components/calls'
import ComponentPanel from '@/modules/components/components/ComponentPanel.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({ editComponent: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/components/calls', async (real) => ({ ...(await real<object>()), ...calls }))

const nobody = { unit_id: null, name: '' }
const lamp = {
  id: 7, version: 3, code: '3299050103000001', type_code: 'street_lamp', type_name: '路灯', main_class: '道路交通', state: 'intact', area_label: '望江街道', unit_grid: '', address: '富春路',
  maintainer: nobody, owner: nobody, department: nobody, department_by_type: true, inspection_due: null, source: '', lng: 118.7, lat: 32, allowed_moves: ['edit'],
} as unknown as ComponentDetail

function open(): VueWrapper {
  return mount(ComponentPanel, { global: { plugins: [i18n, VueQueryPlugin], stubs: { PointPicker: true } }, props: { component: lamp, types: [], units: [], codeSplit: '' } })
}
const address = (panel: VueWrapper) => panel.findAll('form input')[0]!

beforeEach(() => void vi.resetAllMocks())

test('what is being written stays when a colleague changes the component meanwhile, and is refused as stale, not told as saved', async () => {
  calls.editComponent.mockRejectedValue(new ApiError(409, { code: 'stale_version' }))
  const panel = open()
  await panel.findAll('button').find((one) => one.text() === '修改')!.trigger('click')
  await address(panel).setValue('富春路 8 号')
  await panel.setProps({ component: { ...lamp, version: 4, state: 'damaged' } })
  expect((address(panel).element as HTMLInputElement).value).toBe('富春路 8 号')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(calls.editComponent).toHaveBeenCalledWith(7, { version: 3, address: '富春路 8 号' })
  expect([panel.find('[role=alert]').text().includes('没有保存'), panel.emitted('changed')]).toEqual([true, undefined])
})
