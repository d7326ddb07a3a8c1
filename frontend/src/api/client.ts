import createClient from 'openapi-fetch'
import type { paths } from './schema'
import { transport } from './transport'

/** The platform's API, typed by its own description: a path, parameter or body that does not exist fails to compile. */
export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  credentials: 'same-origin',
  fetch: transport,
})

/** The body of an answer, in the shape the screens use; failures never get here, the transport throws an ApiError. */
export async function body<T>(answer: Promise<{ data?: unknown }>): Promise<T> {
  return (await answer).data as T
}
