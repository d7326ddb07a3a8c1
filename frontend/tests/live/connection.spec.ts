import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backoffMs } from '@/live/backoff'
import { LiveConnection, type ConnectionState } from '@/live/connection'

class FakeSocket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  sent: unknown[] = []
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {}
  frame(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

const HELLO = { type: 'hello', epoch: 'a', through: '10-0', build_id: 'b', server_time: '2026-11-22T06:32:00Z', heartbeat_seconds: 5 }

describe('the connection', () => {
  let sockets: FakeSocket[]
  let states: ConnectionState[]
  let signIn: string[]
  let connection: LiveConnection
  const last = (): FakeSocket => sockets.at(-1)!

  beforeEach(() => {
    vi.useFakeTimers()
    sockets = []
    states = []
    signIn = []
    connection = new LiveConnection(
      { onState: (state) => states.push(state), onFrame: () => {}, onStep: () => {}, onSignIn: (reason) => signIn.push(reason) },
      {
        open: () => {
          sockets.push(new FakeSocket())
          return last() as unknown as WebSocket
        },
        now: () => Date.now(),
        random: () => 1,
      },
    )
    connection.start()
    last().onopen?.()
  })
  afterEach(() => connection.stop())

  it('greets without a place first, and with its place after a cut', () => {
    expect(last().sent[0]).toEqual({ type: 'hello', epoch: null, through: null })
    last().frame(HELLO)
    last().frame({ type: 'heartbeat', through: '12-0', server_time: '' })
    last().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(20_000)
    last().onopen?.()
    expect(sockets).toHaveLength(2)
    expect(last().sent[0]).toEqual({ type: 'hello', epoch: 'a', through: '12-0' })
  })

  it('is late after twelve seconds without a frame, and live again with the next one', () => {
    last().frame(HELLO)
    vi.advanceTimersByTime(11_000)
    expect(states).toEqual(['live'])
    vi.advanceTimersByTime(2000)
    expect(states).toEqual(['live', 'late'])
    last().frame({ type: 'heartbeat', through: '12-0', server_time: '' })
    expect(states.at(-1)).toBe('live')
  })

  it('says that it is offline when the socket closes, and comes back at once when woken', () => {
    last().frame(HELLO)
    last().onclose?.({ code: 1006 })
    expect(states.at(-1)).toBe('offline')
    connection.wake()
    expect(sockets).toHaveLength(2)
  })

  it('waits longer after each failure and starts over after thirty steady seconds', () => {
    last().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(999)
    expect(sockets).toHaveLength(1)
    vi.advanceTimersByTime(2)
    expect(sockets).toHaveLength(2)
    last().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(1500)
    expect(sockets).toHaveLength(2)
    vi.advanceTimersByTime(600)
    expect(sockets).toHaveLength(3)
    last().onopen?.()
    vi.advanceTimersByTime(31_000)
    last().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(501)
    expect(sockets).toHaveLength(4)
  })

  it.each([[4401, 'session'], [4403, 'rights']])('stops and asks for sign-in when closed with %i', (code, reason) => {
    last().onclose?.({ code })
    expect(signIn).toEqual([reason])
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    connection.resume()
    expect(sockets).toHaveLength(2)
  })
})

describe('the back-off', () => {
  it('stays between half a second and fifteen', () => {
    expect(backoffMs(0, () => 0)).toBe(500)
    expect(backoffMs(3, () => 0)).toBe(500)
    expect(backoffMs(3, () => 1)).toBe(4000)
    expect(backoffMs(40, () => 1)).toBe(15_000)
  })
})
