/** What pages hold of the server's answers, kept from being put back by an answer that was asked for earlier. */
import { hashKey, type QueryClient, type QueryKey } from '@tanstack/vue-query'

/**
 * Puts the answer of a move where its page reads it. A fetch that was asked for before the move would come back over it with
 * the state before, and the update that tells of the move would find nothing newer: so that fetch is dropped, and asked anew.
 */
export async function keepAnswer<T>(client: QueryClient, queryKey: QueryKey, answer: T | ((held: T | undefined) => T | undefined)): Promise<void> {
  const fetching = client.isFetching({ queryKey, exact: true }) > 0
  await client.cancelQueries({ queryKey, exact: true })
  client.setQueryData<T>(queryKey, answer)
  if (fetching) void client.invalidateQueries({ queryKey, exact: true })
}

const waiting = new WeakMap<QueryClient, Set<string>>()

/**
 * Asks again because something changed. What is on its way may have been read before the change: it is let in, so that a
 * busy stream does not starve the page, and once it is here it is asked again, once for however many changes.
 */
export async function askAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const ask = (): Promise<void> => client.invalidateQueries({ queryKey }, { cancelRefetch: false })
  if (client.isFetching({ queryKey }) === 0) return ask()
  const hash = hashKey(queryKey)
  const mine = waiting.get(client) ?? new Set()
  if (mine.has(hash)) return
  waiting.set(client, mine.add(hash))
  await ask()
  mine.delete(hash)
  await ask()
}
