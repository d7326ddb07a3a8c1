import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import { openSession } from '@/api/endpoints'
import SignInForm from '@/modules/session/components/SignInForm.vue'
import { i18n } from '@/shared/i18n'

vi.mock('@/api/endpoints', () => ({ openSession: vi.fn<typeof openSession>(), fetchSession: vi.fn<() => void>(), endSession: vi.fn<() => void>() }))

beforeEach(() => setActivePinia(createPinia()))

const form = (props = {}) => mount(SignInForm, { global: { plugins: [i18n] }, props, attachTo: document.body })

async function tryWith(code: string, status: number) {
  vi.mocked(openSession).mockRejectedValue(new ApiError(status, { code }))
  const wrapper = form()
  await wrapper.find('input[name=username]').setValue('limin')
  await wrapper.find('input[name=password]').setValue('secret')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  return wrapper
}

test('a wrong password is said, the name stays and the password is cleared', async () => {
  const wrapper = await tryWith('bad_credentials', 400)
  expect(wrapper.find('[role=alert]').text()).toContain('用户名或密码')
  expect(wrapper.find<HTMLInputElement>('input[name=username]').element.value).toBe('limin')
  expect(wrapper.find<HTMLInputElement>('input[name=password]').element.value).toBe('')
})

test('a locked account is told what to do', async () => {
  expect((await tryWith('locked_out', 429)).find('[role=alert]').text()).toContain('锁定')
})

test('Caps Lock is noticed before the password is sent', async () => {
  const wrapper = form()
  const typed = new KeyboardEvent('keydown', { key: 'A' })
  vi.spyOn(typed, 'getModifierState').mockReturnValue(true)
  wrapper.find('input[name=password]').element.dispatchEvent(typed)
  await flushPromises()
  expect(wrapper.find('#caps-lock').exists()).toBe(true)
})

test('a second press while signing in sends nothing more', async () => {
  vi.mocked(openSession).mockReset().mockReturnValue(new Promise(() => {}))
  const wrapper = form({ username: 'limin' })
  await wrapper.find('input[name=password]').setValue('secret')
  await wrapper.find('form').trigger('submit')
  await wrapper.find('form').trigger('submit')
  expect(openSession).toHaveBeenCalledTimes(1)
})
