import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { endSession, fetchSession, openSession } from '@/api/endpoints'
import type { District, Me, Role, Session } from '@/api/types'
import { setServerTime } from '@/shared/format/clock'

/** Who sits at this screen, and what the platform they sit at is called. */
export const useSession = defineStore('session', () => {
  const user = shallowRef<Me | null>(null)
  const district = shallowRef<District | null>(null)
  const buildId = ref('')
  const loaded = ref(false)
  /** Set while the kept page waits under the sign-in dialog. */
  const signInNeeded = ref<'session' | 'rights' | null>(null)
  let waiting: { resolve: () => void; reject: (reason: unknown) => void }[] = []

  const roles = computed<Role[]>(() => user.value?.roles ?? [])
  /** Each role with the unit where it is held. */
  const seats = computed(() => (user.value?.grants ?? []).map((grant) => ({ role: grant.role, unitId: grant.unit?.id ?? null })))
  /** A screen on a wall: nobody can type a password there. */
  const isDevice = computed(() => roles.value.includes('wall_device'))
  const hasAny = (wanted: readonly Role[]): boolean => wanted.length === 0 || wanted.some((role) => roles.value.includes(role))

  function take(session: Session): void {
    user.value = session.user
    district.value = session.district
    buildId.value = session.build_id
    setServerTime(session.server_time)
    loaded.value = true
  }

  async function load(): Promise<void> {
    take(await fetchSession())
  }

  async function signIn(username: string, password: string): Promise<void> {
    const before = user.value
    take(await openSession(username, password))
    if (signInNeeded.value === null) return
    if (before !== null && user.value?.id !== before.id) {
      // Another person sat down: what the page holds was not theirs to see.
      location.assign(user.value?.home ?? '/')
      return
    }
    signInNeeded.value = null
    waiting.forEach((one) => one.resolve())
    waiting = []
  }

  const leaving = new Set<() => Promise<unknown>>()
  /** What must be done while the session still holds; the answer takes it back. */
  function beforeSignOut(work: () => Promise<unknown>): () => void {
    leaving.add(work)
    return () => void leaving.delete(work)
  }

  async function signOut(): Promise<void> {
    await Promise.allSettled([...leaving].map((work) => work()))
    await endSession()
    location.assign('/sign-in')
  }

  /** How a page that nobody sits at gets its session back by itself. */
  const again = shallowRef<(() => Promise<void>) | null>(null)
  /** Shows the sign-in dialog over the page; resolves when the same person has signed in again. */
  function askSignIn(reason: 'session' | 'rights' = 'session'): Promise<void> {
    if (again.value !== null) return again.value()
    signInNeeded.value = reason
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  }

  return { user, district, buildId, loaded, roles, seats, isDevice, again, signInNeeded, hasAny, load, signIn, signOut, beforeSignOut, askSignIn }
})
