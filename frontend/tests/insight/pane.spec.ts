import { QueryClient, VueQueryPlugin, useQuery } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import FigurePane from '@/modules/insight/components/FigurePane.vue'
import { i18n } from '@/shared/i18n'

const gone = new ApiError(0, { code: 'network' })

async function pane(read: () => Promise<string>) {
  const Page = defineComponent({
    setup: () => {
      const query = useQuery({ queryKey: ['figures'], queryFn: read, retry: false })
      return () => h(FigurePane, { what: '运行', query }, { default: () => h('b', query.data.value) })
    },
  })
  const wrapper = mount(Page, { global: { plugins: [i18n, [VueQueryPlugin, { queryClient: new QueryClient() }]] } })
  await flushPromises()
  return wrapper
}

test('figures that could not be read say so, and are read again on demand', async () => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValueOnce(gone).mockResolvedValueOnce('103')
  const wrapper = await pane(read)
  expect([wrapper.find('[role=alert]').text(), wrapper.find('b').exists()]).toEqual([expect.stringContaining('运行读取失败'), false])
  await wrapper.find('button').trigger('click')
  await flushPromises()
  expect([wrapper.find('[role=alert]').exists(), wrapper.find('b').text()]).toEqual([false, '103'])
})

test('figures that were read stay when the server is gone, with their time', async () => {
  const read = vi.fn<() => Promise<string>>().mockResolvedValueOnce('103').mockRejectedValueOnce(gone)
  const wrapper = await pane(read)
  await wrapper.findComponent(FigurePane).props('query').refetch()
  await flushPromises()
  expect([wrapper.find('b').text(), wrapper.find('[role=alert]').text()]).toEqual(['103', expect.stringMatching(/显示的是 \d{4}-\d\d-\d\d .+ 读到的数据/)])
})
