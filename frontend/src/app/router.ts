import { START_LOCATION, createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router'
import type { Role } from '@/api/types'
import { useLiveStore } from '@/live'
import type { useSession } from '@/modules/session/store'

declare module 'vue-router' {
  interface RouteMeta {
    /** Opens without signing in. */
    public?: boolean
    /** Any one of these roles opens the page; absent means everybody who is signed in. */
    roles?: readonly Role[]
    /** i18n key of the page's name. */
    title?: string
    theme?: 'light' | 'dark'
  }
}

const modules = import.meta.glob<{ default: RouteRecordRaw[] }>('../modules/*/routes.ts', { eager: true })

export const routes: RouteRecordRaw[] = [
  ...Object.values(modules).flatMap((module) => module.default),
  { path: '/', name: 'start', component: () => import('./pages/StartPage.vue') },
  { path: '/forbidden', name: 'forbidden', component: () => import('./pages/ForbiddenPage.vue') },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./pages/NotFoundPage.vue'), meta: { public: true } },
]

type Session = Pick<ReturnType<typeof useSession>, 'loaded' | 'user' | 'load' | 'hasAny'>

/** The administration of the database is the back end's own: it is reached by leaving this application. */
const isAdministration = (path: string): boolean => /^\/admin(\/|$)/.test(path)

export function makeRouter(session: Session, leaveFor: (address: string) => void = (address) => location.assign(address)): Router {
  const router = createRouter({ history: createWebHistory(), routes })

  router.beforeEach(async (to, from) => {
    // Whoever arrives here by address got this page from the back end: asking it again would never end.
    if (to.name === 'not-found' && isAdministration(to.path) && (from !== START_LOCATION || to.redirectedFrom)) {
      leaveFor(to.fullPath)
      return false
    }
    if (!session.loaded) {
      try {
        await session.load()
      } catch {
        // Without the back end nobody is signed in yet; the sign-in page says what is wrong when it is used.
        if (!to.meta.public) return { name: 'sign-in', query: { next: to.fullPath } }
      }
    }
    if (to.meta.public) return true
    if (session.user === null) return { name: 'sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
    if (to.path === '/' && session.user.home && session.user.home !== '/') return session.user.home
    if (to.meta.roles && !session.hasAny(to.meta.roles)) {
      return { name: 'forbidden', query: { page: to.fullPath, roles: to.meta.roles.join(',') } }
    }
    return true
  })

  router.afterEach((to) => {
    document.documentElement.classList.toggle('dark', to.meta.theme === 'dark')
    if (!to.meta.public && session.user !== null) useLiveStore().start()
  })

  return router
}
