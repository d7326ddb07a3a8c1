import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { WallRow } from '@/api/types'
import WallSettingsForm from '@/modules/walls/components/WallSettingsForm.vue'
import { i18n } from '@/shared/i18n'

const wall = {
  id: 1, version: 1, name: '大厅主屏', theme: 'dark', arrangement: 'auto', aspect: '', view: { calibrating: false },
  text: { height_m: 2.7, farthest_m: 6, marked_px: null, smallest_px: 15, zoom: 1, far: false },
} as unknown as WallRow

test('a press on the remote does not empty what is being written, and what nobody touched follows', async () => {
  const form = mount(WallSettingsForm, { global: { plugins: [i18n] }, props: { wall } })
  await form.find('[name=name]').setValue('东厅主屏')
  await form.setProps({ wall: { ...wall, version: 2, theme: 'light', name: '大厅主屏' } })
  const read = (name: string): string => (form.find(`[name=${name}]`).element as HTMLInputElement).value
  expect([read('name'), read('theme')]).toEqual(['东厅主屏', 'light'])
})

test('another wall begins with its own values', async () => {
  const form = mount(WallSettingsForm, { global: { plugins: [i18n] }, props: { wall } })
  await form.find('[name=name]').setValue('东厅主屏')
  await form.setProps({ wall: { ...wall, id: 2, name: '西厅' } })
  expect((form.find('[name=name]').element as HTMLInputElement).value).toBe('西厅')
})
