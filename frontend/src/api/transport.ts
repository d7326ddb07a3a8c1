import { ApiError, errorOf } from './errors'

/** Asks the person to sign in again over the kept page; resolves once they have, rejects if they leave. */
type SignInAgain = () => Promise<void>

let signInAgain: SignInAgain | null = null
let language: () => string = () => 'zh-CN'

export function onSessionExpired(ask: SignInAgain): void {
  signInAgain = ask
}

/** The problem details come back in the language the page is shown in. */
export function speakLanguage(current: () => string): void {
  language = current
}

export function newIdempotencyKey(): string {
  // crypto.randomUUID needs a secure context, and a municipal intranet is often plain HTTP.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export function csrfToken(cookies: string = document.cookie): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(cookies)?.[1] ?? ''
}

const isWrite = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)

async function attempt(request: Request): Promise<Response> {
  const copy = request.clone()
  if (isWrite(copy.method)) copy.headers.set('X-CSRFToken', csrfToken())
  try {
    return await fetch(copy)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(0, { code: 'network' })
  }
}

/** A session that timed out is known by its cookie; once the browser has dropped the cookie, the person is simply not signed in. */
const SESSION_OVER: ReadonlySet<string> = new Set(['session_expired', 'not_signed_in'])

/**
 * One request as the platform expects it. A write carries an idempotency key, kept through every retry, so that
 * a click is carried out once; a session that ended in mid-form asks for sign-in and sends the same request again.
 */
export async function transport(request: Request): Promise<Response> {
  request.headers.set('Accept-Language', language())
  if (isWrite(request.method) && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', newIdempotencyKey())
  }
  const response = await attempt(request)
  if (response.ok) return response
  const error = await errorOf(response)
  if (SESSION_OVER.has(error.code) && signInAgain) {
    await signInAgain()
    const again = await attempt(request)
    if (again.ok) return again
    throw await errorOf(again)
  }
  throw error
}
