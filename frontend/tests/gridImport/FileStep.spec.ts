import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Me } from '@/api/types'
import FileStep from '@/modules/gridImport/components/FileStep.vue'
import { useSession } from '@/modules/session/store'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { fetchAreas: call(), fetchImports: call(), sendFile: call(), LEVELS: ['street', 'community', 'grid', 'micro_grid'] }
})
vi.mock('@/modules/gridImport/calls', () => calls)

const district = { path: '3299.05', code: '329905', name: '云澜区', level: 'district' }
const street = { path: '3299.05.007', code: '329905007', name: '双桥街道', level: 'street' }
const page = (...items: object[]) => Promise.resolve({ items, next: null })

async function open(held: string): Promise<VueWrapper> {
  const pinia = createPinia()
  setActivePinia(pinia)
  useSession().user = { grants: [{ role: 'grid_admin', unit: null, area: { path: held, name: '', level: '' } }] } as unknown as Me
  const step = mount(FileStep, { global: { plugins: [pinia, i18n, [VueQueryPlugin, { queryClientConfig: { defaultOptions: { queries: { retry: false } } } }]] } })
  await flushPromises()
  return step
}
const offered = (step: VueWrapper, at: number): string[] => step.findAll('select')[at]!.findAll('option').map((one) => one.attributes('value')!)

beforeEach(() => {
  vi.resetAllMocks()
  calls.fetchImports.mockReturnValue(page())
  calls.fetchAreas.mockImplementation((level) => page(level === 'district' ? district : street))
})

test('the district is offered first though the streets answer before it', async () => {
  let answer: (told: unknown) => void = () => undefined
  calls.fetchAreas.mockImplementation((level) => (level === 'district' ? new Promise((resolve) => (answer = resolve)) : page(street)))
  const step = await open('3299.05')
  expect((step.find('select').element as HTMLSelectElement).value).toBe('')
  answer({ items: [district], next: null })
  await flushPromises()
  expect((step.find('select').element as HTMLSelectElement).value).toBe('3299.05')
})

test('only ground that the person keeps is offered', async () => {
  const step = await open('3299.05.007')
  expect(offered(step, 0)).toEqual(['3299.05.007'])
  expect(offered(step, 1)).toEqual(['community', 'grid', 'micro_grid'])
})

test('who keeps nothing that a file could go into is told so', async () => {
  const step = await open('3299.05.007.001')
  expect(step.text()).toContain('无处可导入')
})

test('areas that do not come are told with a way to ask again', async () => {
  calls.fetchAreas.mockRejectedValue(new Error('gone'))
  const step = await open('3299.05')
  expect(step.find('[role=alert]').text()).toContain('可导入的辖区读取失败')
  expect(step.find('button[type=submit]').attributes('disabled')).toBeDefined()
})

test('a file over the limit that the server tells is not sent', async () => {
  calls.fetchImports.mockReturnValue(Promise.resolve({ items: [], next: null, limit_mb: 50 }))
  const step = await open('3299.05')
  const input = step.find('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [{ name: 'a.zip', size: 60 * 1024 * 1024 }] })
  await input.trigger('change')
  await step.find('form').trigger('submit')
  expect(step.find('[role=alert]').text()).toContain('60 MB，超过 50 MB')
  expect(calls.sendFile).not.toHaveBeenCalled()
})
