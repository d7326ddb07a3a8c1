import { onScopeDispose } from 'vue'
import { useLiveStore } from '@/live'
import { useSession } from '@/modules/session/store'

const LOOK_EVERY_MS = 60_000

export interface PageAge { ownBuild: string; serverBuild: string | null; unacknowledged: number; connected: boolean }

/** A wall runs for months: it takes a new release by itself, but never while an alarm waits to be seen. */
export const shouldReload = (page: PageAge): boolean =>
  page.connected && page.unacknowledged === 0 && page.ownBuild !== '' && page.serverBuild !== null && page.serverBuild !== page.ownBuild

export function useFreshPage(unacknowledged: () => number): void {
  const live = useLiveStore()
  const session = useSession()
  const timer = setInterval(() => {
    const page = { ownBuild: session.buildId, serverBuild: live.serverBuild, unacknowledged: unacknowledged(), connected: live.state === 'live' }
    if (shouldReload(page)) location.reload()
  }, LOOK_EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
}
