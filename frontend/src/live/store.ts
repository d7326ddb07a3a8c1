import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { setServerTime, useClock } from '@/shared/format/clock'
import { LiveConnection, type ConnectionState } from './connection'
import type { Item, LatestItem, Updates, UpdateType } from './protocol'
import type { Step } from './reducer'

type Handler = (payload: never, item: Item | LatestItem) => void
type RefetchHandler = (reason: NonNullable<Step['refetch']>) => void

function openSocket(): WebSocket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return new WebSocket(`${scheme}://${location.host}/ws`)
}

/** The page's one connection to the stream of live updates, and who listens to it. */
export const useLiveStore = defineStore('live', () => {
  const state = ref<ConnectionState>('connecting')
  /** When the last frame came, by the page's own clock; null before the first one. */
  const lastFrameAt = ref<number | null>(null)
  const serverBuild = ref<string | null>(null)
  const handlers = new Map<string, Set<Handler>>()
  const refetchers = new Set<RefetchHandler>()
  const askSignIn = shallowRef<(reason: 'session' | 'rights') => void>(() => {})

  function deliver(step: Step): void {
    if (step.refetch !== null) refetchers.forEach((handler) => handler(step.refetch!))
    for (const item of step.deliver) handlers.get(item.type)?.forEach((handler) => handler(item.payload as never, item))
  }

  const connection = new LiveConnection(
    {
      onState: (next) => (state.value = next),
      onFrame: (frame, at) => {
        lastFrameAt.value = at
        if ('server_time' in frame) setServerTime(frame.server_time)
        if (frame.type === 'hello') serverBuild.value = frame.build_id
      },
      onStep: deliver,
      onSignIn: (reason) => askSignIn.value(reason),
    },
    { open: openSocket, now: () => Date.now(), random: Math.random },
  )

  window.addEventListener('online', () => connection.wake())
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && connection.wake())

  function on<T extends UpdateType>(type: T, handler: (payload: Updates[T], item: Item | LatestItem) => void): () => void {
    const set = handlers.get(type) ?? new Set<Handler>()
    handlers.set(type, set.add(handler as Handler))
    return () => set.delete(handler as Handler)
  }

  function onRefetch(handler: RefetchHandler): () => void {
    refetchers.add(handler)
    return () => refetchers.delete(handler)
  }

  const tick = useClock(500, { real: true })
  /** Seconds since the last frame, null before the first one. */
  const age = computed(() => (lastFrameAt.value === null ? null : Math.max(0, (tick.value - lastFrameAt.value) / 1000)))

  return {
    state, age, lastFrameAt, serverBuild, askSignIn, on, onRefetch,
    start: () => connection.start(),
    stop: () => connection.stop(),
    resume: () => connection.resume(),
    place: (asOf: string, epoch: string) => connection.place(asOf, epoch),
    position: () => connection.position(),
  }
})
