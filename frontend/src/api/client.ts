import createClient from 'openapi-fetch'
import { transport } from './transport'

/** Until the generated `paths` are in, the endpoints name the type of each answer themselves. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Paths = any

export const client = createClient<Paths>({
  baseUrl: `${globalThis.location?.origin ?? ''}/api/v1`,
  credentials: 'same-origin',
  fetch: transport,
})

/** The body of an answer; failures never get here, the transport throws an ApiError. */
export async function body<T>(answer: Promise<{ data?: unknown }>): Promise<T> {
  return (await answer).data as T
}
