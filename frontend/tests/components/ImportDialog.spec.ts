import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import ImportDialog from '@/modules/components/components/ImportDialog.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => ({ fetchImports: vi.fn<(...given: unknown[]) => Promise<unknown>>(), bringFile: vi.fn<(...given: unknown[]) => Promise<unknown>>() }))
vi.mock('@/modules/components/calls', async (real) => ({ ...(await real<object>()), ...calls }))

async function withFile(bytes: number): Promise<VueWrapper> {
  const dialog = mount(ImportDialog, { global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]] } })
  await flushPromises()
  const input = dialog.find('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [{ name: 'a.csv', size: bytes }] })
  await input.trigger('change')
  return dialog
}
const send = (dialog: VueWrapper) => dialog.find('form').trigger('submit')

beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = () => undefined
  calls.fetchImports.mockResolvedValue({ items: [], limit_mb: 200 })
  calls.bringFile.mockReturnValue(new Promise(() => undefined))
})

test('a file over the limit is told with its size and what to do, and not one byte of it is sent', async () => {
  const dialog = await withFile(200 * 1024 * 1024 + 1)
  await send(dialog)
  expect(dialog.find('[role=alert]').text()).toContain('200.1 MB，超过 200 MB')
  expect(dialog.find('[role=alert]').text()).toContain('拆分')
  expect(dialog.find('button[type=submit]').attributes('disabled')).toBeDefined()
  expect(calls.bringFile).not.toHaveBeenCalled()
})

test('a file as large as the limit is sent', async () => {
  const dialog = await withFile(200 * 1024 * 1024)
  await send(dialog)
  expect([dialog.find('[role=alert]').exists(), calls.bringFile.mock.calls.length]).toEqual([false, 1])
})

test('where the limit is not known yet the server decides', async () => {
  calls.fetchImports.mockReturnValue(new Promise(() => undefined))
  const dialog = await withFile(900 * 1024 * 1024)
  await send(dialog)
  expect(calls.bringFile.mock.calls.length).toBe(1)
})
