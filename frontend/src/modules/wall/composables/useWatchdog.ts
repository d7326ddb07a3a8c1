import { onScopeDispose } from 'vue'
import { now } from '@/shared/format'
import { useLiveStore } from '@/live'
import { useSession } from '@/modules/session/store'
import { reloadReason, type Reason, type Vitals } from '../watchdog'

const LOOK_EVERY_MS = 5000

interface WithMemory { memory?: { usedJSHeapSize: number } }
export const heapBytes = (): number | null => (performance as unknown as WithMemory).memory?.usedJSHeapSize ?? null

/** Reloads a wall that draws no more, holds too much memory, has a newer release waiting, or has run since yesterday. */
export function useWatchdog(unacknowledged: () => number, reload: (reason: Reason) => void = () => location.reload()): void {
  const live = useLiveStore()
  const session = useSession()
  const openedAt = now()
  let drawnAt = performance.now()
  let frame = requestAnimationFrame(function drawn() {
    drawnAt = performance.now()
    // Once a second is enough to know that pictures still come, and costs a screen without a graphics card nothing.
    waiting = setTimeout(() => (frame = requestAnimationFrame(drawn)), 1000)
  })
  let waiting: ReturnType<typeof setTimeout> | undefined

  const vitals = (): Vitals => ({
    nowMs: now(), openedMs: openedAt, visible: document.visibilityState === 'visible', undrawnMs: performance.now() - drawnAt,
    heapBytes: heapBytes(), connected: live.state === 'live', unacknowledged: unacknowledged(), ownBuild: session.buildId, serverBuild: live.serverBuild,
  })
  const timer = setInterval(() => {
    const reason = reloadReason(vitals())
    if (reason !== null) reload(reason)
  }, LOOK_EVERY_MS)
  onScopeDispose(() => {
    clearInterval(timer)
    clearTimeout(waiting)
    cancelAnimationFrame(frame)
  })
}
