import { QueryClient, QueryObserver } from '@tanstack/vue-query'
import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { askAgain, keepAnswer } from '@/api/kept'

const KEY = ['order', 7]

function page(client: QueryClient) {
  const answers: ((state: string) => void)[] = []
  const fetched = vi.fn<() => Promise<string>>(() => new Promise<string>((resolve) => answers.push(resolve)))
  const shown = () => client.getQueryData<string>(KEY)
  const leave = new QueryObserver(client, { queryKey: KEY, queryFn: fetched, staleTime: Infinity }).subscribe(() => {})
  return { answers, fetched, shown, leave }
}

test('a fetch from before the move does not bring the state before back, and is asked anew', async () => {
  const client = new QueryClient()
  const { answers, fetched, shown, leave } = page(client)
  answers[0]!('issued')
  await flushPromises()
  void client.invalidateQueries({ queryKey: KEY })
  await flushPromises()
  await keepAnswer(client, KEY, 'signed')
  answers[1]!('issued')
  await flushPromises()
  expect([shown(), fetched.mock.calls.length]).toEqual(['signed', 3])
  answers[2]!('signed, and asked for more time')
  await flushPromises()
  expect(shown()).toBe('signed, and asked for more time')
  leave()
})

test('where nothing is on its way, nothing is asked', async () => {
  const client = new QueryClient()
  const { answers, fetched, shown, leave } = page(client)
  answers[0]!('issued')
  await flushPromises()
  await keepAnswer<string>(client, KEY, (held) => `${held}, then signed`)
  expect([shown(), fetched.mock.calls.length]).toEqual(['issued, then signed', 1])
  leave()
})

test('changes while an answer is on its way are asked for once, when it is here', async () => {
  const client = new QueryClient()
  const { answers, fetched, shown, leave } = page(client)
  answers[0]!('none')
  await flushPromises()
  for (let change = 0; change < 4; change++) {
    void askAgain(client, KEY)
    await flushPromises()
  }
  expect(fetched.mock.calls.length).toBe(2)
  answers[1]!('one')
  await flushPromises()
  expect([shown(), fetched.mock.calls.length]).toEqual(['one', 3])
  answers[2]!('four')
  await flushPromises()
  expect([shown(), fetched.mock.calls.length]).toEqual(['four', 3])
  leave()
})
