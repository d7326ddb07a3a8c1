import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import { csrfToken, newIdempotencyKey, onSessionExpired, speakLanguage, transport } from '@/api/transport'

const problem = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } })

describe('the transport', () => {
  let sent: Request[]
  let answers: (Response | Error)[]

  beforeEach(() => {
    sent = []
    answers = []
    document.cookie = 'csrftoken=abc123'
    speakLanguage(() => 'en')
    vi.stubGlobal('fetch', (request: Request) => {
      sent.push(request)
      const answer = answers.shift() ?? new Response('{}', { status: 200 })
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  const write = (headers: Record<string, string> = {}): Request =>
    new Request('http://localhost/api/v1/events', { method: 'POST', body: '{}', headers })

  it('sends the CSRF token, the language and a key with every write', async () => {
    await transport(write())
    expect(sent[0]!.headers.get('X-CSRFToken')).toBe('abc123')
    expect(sent[0]!.headers.get('Accept-Language')).toBe('en')
    expect(sent[0]!.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('sends no key with a read and keeps a key that was given', async () => {
    await transport(new Request('http://localhost/api/v1/events'))
    await transport(write({ 'Idempotency-Key': 'own' }))
    expect(sent[0]!.headers.has('Idempotency-Key')).toBe(false)
    expect(sent[1]!.headers.get('Idempotency-Key')).toBe('own')
  })

  it('turns problem details into a typed error', async () => {
    answers = [problem(409, { code: 'already_taken', detail: 'taken', by: '李敏', at: '2026-11-22T06:31:40Z' })]
    const error = await transport(write()).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 409, code: 'already_taken', extra: { by: '李敏' } })
  })

  it('names a failure of the network and the error page of a proxy', async () => {
    answers = [new TypeError('failed'), new Response('<html>', { status: 502 }), new Response('', { status: 413 })]
    const codes = []
    for (let attempt = 0; attempt < 3; attempt++) codes.push(await transport(write()).catch((thrown: ApiError) => thrown.code))
    expect(codes).toEqual(['network', 'server_error', 'file_too_large'])
  })

  it.each(['session_expired', 'not_signed_in'])('asks for sign-in on %s and sends the same write again with the same key', async (code) => {
    const asked = vi.fn<() => Promise<void>>(() => Promise.resolve())
    onSessionExpired(asked)
    answers = [problem(401, { code }), new Response('{"id":1}', { status: 201 })]
    const response = await transport(write())
    expect(asked).toHaveBeenCalledOnce()
    expect(response.status).toBe(201)
    expect(sent[1]!.headers.get('Idempotency-Key')).toBe(sent[0]!.headers.get('Idempotency-Key'))
  })
})

describe('small parts', () => {
  it('finds the token among other cookies', () => {
    expect(csrfToken('a=1; csrftoken=xyz; b=2')).toBe('xyz')
    expect(csrfToken('a=1')).toBe('')
  })

  it('makes a key without a secure context too', () => {
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) })
    expect(newIdempotencyKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    vi.unstubAllGlobals()
  })
})
