import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { lookAt, lookAway } from '@/api/endpoints'
import { newIdempotencyKey } from '@/api/transport'
import { useLive } from '@/live'
import { useSession } from '@/modules/session/store'
import { now } from '@/shared/format'
import { current, othersAt, told, type Watching } from '../presence'

/** The server forgets after twelve seconds. */
const SAY_AGAIN_MS = 5000
const LOOK_AGAIN_MS = 1000

/** Tells colleagues which event this page shows, and this page which ones they have open. A hidden page shows nothing to anybody. */
export function usePresence(event: Ref<number | null>) {
  const session = useSession()
  const tab = newIdempotencyKey()
  const watching = shallowRef<Watching>(new Map())
  let shown: number | null = null

  const hear = (presence: Parameters<typeof told>[1]): void => void (watching.value = told(watching.value, presence))
  // Nobody's work depends on it: a word that is lost is said again soon.
  const leave = (id: number): void => void lookAway(id, tab).catch(() => {})
  const say = (): void => {
    const id = shown
    if (id !== null) lookAt(id, tab).then((presence) => shown === id && hear(presence)).catch(() => {})
  }

  function show(next: number | null): void {
    if (next === shown) return
    if (shown !== null) leave(shown)
    shown = next
    say()
  }
  const update = (): void => show(document.visibilityState === 'visible' ? event.value : null)
  const gone = (): void => show(null)

  useLive('presence', hear)
  watch(event, update, { immediate: true })
  document.addEventListener('visibilitychange', update)
  window.addEventListener('pagehide', gone)
  const beat = setInterval(say, SAY_AGAIN_MS)
  const sweep = setInterval(() => (watching.value = current(watching.value, now())), LOOK_AGAIN_MS)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', update)
    window.removeEventListener('pagehide', gone)
    clearInterval(beat)
    clearInterval(sweep)
    gone()
  })

  return { othersAt: (id: number): string[] => othersAt(watching.value, id, session.user?.id ?? 0) }
}
