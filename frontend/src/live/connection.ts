import { backoffMs } from './backoff'
import { RIGHTS_CHANGED, SESSION_ENDED, type Frame } from './protocol'
import { emptyStream, placeOf, reduce, type Step, type StreamState } from './reducer'

export type ConnectionState = 'connecting' | 'live' | 'late' | 'offline' | 'signed_out'

/** No frame for this long although heartbeats come every 5 s: the data on screen is late. */
const LATE_AFTER_MS = 12_000
/** A connection that held this long was a good one: the next failure starts counting from zero. */
const STEADY_AFTER_MS = 30_000

export interface ConnectionEvents {
  onState(state: ConnectionState): void
  onFrame(frame: Frame, receivedAt: number): void
  onStep(step: Step): void
  /** The server ended the session or changed the rights: ask for sign-in over the kept page. */
  onSignIn(reason: 'session' | 'rights'): void
}

export interface Surroundings {
  open(): WebSocket
  now(): number
  random(): number
}

/** One socket per page, reopened for as long as the page lives. */
export class LiveConnection {
  private socket: WebSocket | null = null
  private stream: StreamState = emptyStream
  private state: ConnectionState = 'connecting'
  private attempt = 0
  private openedAt = 0
  private lastFrameAt = 0
  private retry: ReturnType<typeof setTimeout> | null = null
  private watch: ReturnType<typeof setInterval> | null = null

  constructor(
    private readonly events: ConnectionEvents,
    private readonly around: Surroundings,
  ) {}

  start(): void {
    if (this.watch !== null) return
    this.watch = setInterval(() => this.checkAge(), 1000)
    this.connect()
  }

  stop(): void {
    if (this.watch !== null) clearInterval(this.watch)
    this.watch = null
    this.cancelRetry()
    this.dropSocket()
    this.stream = emptyStream
  }

  /** Back online, or the tab is looked at again: waiting out the back-off would only show old data for longer. */
  wake(): void {
    if (this.watch === null || this.state === 'signed_out') return
    if (this.socket === null) this.connect()
  }

  /** After sign-in: the same place in the stream, a new session. */
  resume(): void {
    this.attempt = 0
    if (this.watch !== null) this.connect()
  }

  /** A fetched answer says where the stream stood. */
  place(asOf: string, epoch: string): void {
    this.take(placeOf(this.stream, asOf, epoch))
  }

  position(): StreamState {
    return this.stream
  }

  private connect(): void {
    this.cancelRetry()
    this.dropSocket()
    this.openedAt = 0
    if (this.state !== 'offline') this.enter('connecting')
    const socket = this.around.open()
    this.socket = socket
    socket.onopen = () => {
      this.openedAt = this.around.now()
      this.lastFrameAt = this.openedAt
      socket.send(JSON.stringify({ type: 'hello', epoch: this.stream.epoch, through: this.stream.through }))
    }
    socket.onmessage = (message: MessageEvent<string>) => this.receive(message.data)
    socket.onclose = (closed: CloseEvent) => this.closed(closed.code)
  }

  private receive(text: string): void {
    const frame = JSON.parse(text) as Frame
    this.lastFrameAt = this.around.now()
    this.enter('live')
    this.events.onFrame(frame, this.lastFrameAt)
    this.take(reduce(this.stream, frame))
  }

  private take(step: Step): void {
    this.stream = step.state
    if (step.deliver.length > 0 || step.refetch !== null) this.events.onStep(step)
  }

  private closed(code: number): void {
    this.socket = null
    if (code === SESSION_ENDED || code === RIGHTS_CHANGED) {
      this.enter('signed_out')
      this.events.onSignIn(code === SESSION_ENDED ? 'session' : 'rights')
      return
    }
    this.enter('offline')
    const heldFor = this.openedAt > 0 ? this.around.now() - this.openedAt : 0
    this.attempt = heldFor >= STEADY_AFTER_MS ? 0 : this.attempt + 1
    this.retry = setTimeout(() => this.connect(), backoffMs(this.attempt, this.around.random))
  }

  private checkAge(): void {
    if (this.socket === null || this.openedAt === 0) return
    if (this.around.now() - this.lastFrameAt >= LATE_AFTER_MS && this.state === 'live') this.enter('late')
  }

  private enter(state: ConnectionState): void {
    if (state === this.state) return
    this.state = state
    this.events.onState(state)
  }

  private cancelRetry(): void {
    if (this.retry !== null) clearTimeout(this.retry)
    this.retry = null
  }

  private dropSocket(): void {
    if (this.socket === null) return
    this.socket.onclose = null
    this.socket.onmessage = null
    this.socket.close()
    this.socket = null
  }
}
