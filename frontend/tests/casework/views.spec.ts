import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { changeView, dropView, fetchSharedView, fetchViews, saveView } from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import SavedViews from '@/modules/casework/components/SavedViews.vue'
import { linkTo, sameFilters, usable } from '@/modules/casework/views'
import { i18n } from '@/shared/i18n'

vi.mock('@/api/endpoints', () => ({ fetchViews: vi.fn<() => unknown>(), saveView: vi.fn<() => unknown>(), changeView: vi.fn<() => unknown>(), dropView: vi.fn<() => unknown>(), fetchSharedView: vi.fn<() => unknown>() }))

const view = (id: number, name: string, query: Record<string, string>, more = {}) => ({ id, page: 'desk' as const, name, query, gone: [] as string[], link: '', ...more })

async function views(options: { current?: Record<string, string>; address?: string; lost?: (query: Record<string, string>) => string[] } = {}) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:page', component: { template: '<i/>' } }] })
  await router.push(options.address ?? '/desk')
  const wrapper = mount(SavedViews, { global: { plugins: [i18n, VueQueryPlugin, createPinia(), router] }, props: { page: 'desk', current: options.current ?? {}, ...(options.lost ? { lost: options.lost } : {}) }, attachTo: document.body })
  await flushPromises()
  return { wrapper, router }
}

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
  for (const call of [fetchViews, saveView, changeView, dropView, fetchSharedView]) vi.mocked(call).mockReset()
  vi.mocked(fetchViews).mockResolvedValue({ items: [view(1, '望江街道', { street: 's1' }), view(2, '夜班', { by: 'newest' })] })
})

test('filters are the same in any order, and a link is the page with the word of the server', () => {
  expect(sameFilters({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true)
  expect(usable({ query: { street: 's1', crew: '3' }, gone: ['crew'] })).toEqual({ street: 's1' })
  expect(linkTo('desk', 'x-y_z', 'https://yw')).toBe('https://yw/desk?view=x-y_z')
})

test('views come from the server, and the one that stands is named', async () => {
  const { wrapper } = await views({ current: { by: 'newest' } })
  expect(wrapper.find('summary').text()).toBe('夜班')
  await wrapper.findAll('.view > button')[0]!.trigger('click')
  expect(wrapper.emitted('choose')).toEqual([[{ street: 's1' }]])
})

test('what this browser kept is handed over once', async () => {
  localStorage.setItem('yiwang.views.desk.0', JSON.stringify([{ name: '旧的', query: { mine: '1' } }, { name: '望江街道', query: {} }]))
  vi.mocked(saveView).mockResolvedValueOnce(view(3, '旧的', { mine: '1' })).mockRejectedValueOnce(new ApiError(409, { code: 'view_name_taken' }))
  await views()
  expect(vi.mocked(saveView).mock.calls.map(([one]) => one.name)).toEqual(['旧的', '望江街道'])
  expect(localStorage.getItem('yiwang.views.desk.0')).toBeNull()
})

test('what could not be handed over for want of a network stays for the next time', async () => {
  localStorage.setItem('yiwang.views.desk.0', JSON.stringify([{ name: '旧的', query: {} }]))
  vi.mocked(saveView).mockRejectedValue(new ApiError(0, { code: 'network' }))
  await views()
  expect(localStorage.getItem('yiwang.views.desk.0')).toContain('旧的')
})

test('a name that is used already replaces, and says so before', async () => {
  vi.mocked(changeView).mockResolvedValue(view(2, '夜班', { mine: '1' }))
  const { wrapper } = await views({ current: { mine: '1' } })
  await wrapper.find('form input').setValue('夜班')
  expect(wrapper.find('form button').text()).toBe('替换')
  expect(wrapper.text()).toContain('已有视图“夜班”')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(vi.mocked(changeView).mock.calls).toEqual([[2, { query: { mine: '1' } }]])
})

test('a full shelf is said in words', async () => {
  vi.mocked(saveView).mockRejectedValue(new ApiError(409, { code: 'too_many_views', detail: '每个页面最多保存 20 个视图' }))
  const { wrapper } = await views()
  await wrapper.find('form input').setValue('再一个')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(wrapper.find('[role=alert]').text()).toContain('最多保存 20 个')
})

test('a view with a filter that is gone is used without it, and says which', async () => {
  vi.mocked(fetchViews).mockResolvedValue({ items: [view(1, '旧', { street: 's9', crew: '3', mine: '1' }, { gone: ['crew'] })] })
  const { wrapper } = await views({ lost: (query) => (query.street === 's9' ? ['street'] : []) })
  expect(wrapper.find('.view').text()).toContain('部分条件已失效')
  await wrapper.find('.view > button').trigger('click')
  expect(wrapper.emitted('choose')).toEqual([[{ mine: '1' }]])
  expect(wrapper.find('.menu [role=status]').text()).toContain('crew、街道')
})

test('sharing gives a link, and taking it back ends it', async () => {
  vi.mocked(changeView).mockImplementation(async (id, change) => view(id, '夜班', {}, { link: change.shared ? 'abc' : '' }))
  vi.mocked(fetchViews).mockResolvedValueOnce({ items: [view(2, '夜班', {})] }).mockResolvedValue({ items: [view(2, '夜班', {}, { link: 'abc' })] })
  const { wrapper } = await views()
  await wrapper.find('.view .small').trigger('click')
  await flushPromises()
  expect(wrapper.find<HTMLInputElement>('.share input').element.value).toMatch(/\/desk\?view=abc$/)
  await wrapper.findAll('.share button')[1]!.trigger('click')
  await flushPromises()
  expect(vi.mocked(changeView).mock.calls.at(-1)).toEqual([2, { shared: false }])
})

test('a colleague’s link takes over the filters, says whose they are, and can be kept', async () => {
  vi.mocked(fetchSharedView).mockResolvedValue({ page: 'desk', name: '夜班', query: { by: 'newest' }, gone: [], by: '张派遣' })
  vi.mocked(saveView).mockResolvedValue(view(3, '夜班', { by: 'newest' }))
  const { wrapper, router } = await views({ address: '/desk?view=abc&item=event:1' })
  expect(router.currentRoute.value.query).toEqual({ by: 'newest', item: 'event:1' })
  expect(wrapper.find('.shared').text()).toContain('张派遣 分享的视图“夜班”，按您的权限显示')
  await wrapper.find('.shared button').trigger('click')
  await flushPromises()
  expect(vi.mocked(saveView).mock.calls[0]?.[0]).toEqual({ page: 'desk', name: '夜班', query: { by: 'newest' } })
})

test('a link that was taken back says so and leaves the page as it is', async () => {
  vi.mocked(fetchSharedView).mockRejectedValue(new ApiError(404, { code: 'not_found' }))
  const { wrapper, router } = await views({ address: '/desk?view=gone&mine=1' })
  expect(router.currentRoute.value.query).toEqual({ mine: '1' })
  expect(wrapper.find('[role=alert]').text()).toContain('已停止分享')
})

test('a street of another district in a shared view is left out once the streets are known', async () => {
  vi.mocked(fetchSharedView).mockResolvedValue({ page: 'desk', name: '他区', query: { street: 's9', mine: '1' }, gone: [], by: '外区' })
  const { wrapper } = await views({ address: '/desk?view=abc', current: {}, lost: (query) => (query.street === 's9' ? ['street'] : []) })
  await wrapper.setProps({ current: { street: 's9', mine: '1' } })
  expect(wrapper.emitted('choose')).toEqual([[{ mine: '1' }]])
})

test('Escape closes the list and gives the keys back to its button; a press elsewhere closes it too', async () => {
  const { wrapper } = await views()
  const menu = wrapper.find('details').element as HTMLDetailsElement
  menu.open = true
  await wrapper.find('details').trigger('keydown', { key: 'Escape' })
  expect([menu.open, document.activeElement === wrapper.find('summary').element]).toEqual([false, true])
  menu.open = true
  await wrapper.find('.menu').trigger('pointerdown')
  expect(menu.open).toBe(true)
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
  expect(menu.open).toBe(false)
})
