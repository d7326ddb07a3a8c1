import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '@/api/types'
import { makeRouter, routes } from '@/app/router'
import { useLiveStore } from '@/live'

const person = (home: string, roles: Role[]) => ({
  loaded: true,
  user: { id: 1, username: 'x', name: 'x', home, is_staff: false, roles, grants: [] },
  load: () => Promise.resolve(),
  hasAny: (wanted: readonly Role[]) => wanted.length === 0 || wanted.some((role) => roles.includes(role)),
})
const nobody = { ...person('', []), user: null }

async function goTo(session: Parameters<typeof makeRouter>[0], path: string, leaveFor?: (address: string) => void) {
  const router = makeRouter(session, leaveFor)
  // Only the guards are looked at here: pages load what they show.
  router.getRoutes().forEach((route) => route.components && (route.components.default = { render: () => null }))
  await router.push(path)
  return router.currentRoute.value
}

describe('the guards', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    vi.spyOn(useLiveStore(), 'start').mockImplementation(() => {})
  })

  it('send whoever is not signed in to the sign-in page and remember where they wanted to go', async () => {
    const route = await goTo(nobody, '/desk?x=1')
    expect([route.name, route.query.next]).toEqual(['sign-in', '/desk?x=1'])
  })

  it('open the page of the post from the start page', async () => {
    expect((await goTo(person('/wall', ['wall_operator']), '/')).path).toBe('/wall')
  })

  it('leave for the administration of the database, which is not a page of this application', async () => {
    const leaveFor = vi.fn<(address: string) => void>()
    await goTo(person('/admin/', ['system_admin']), '/', leaveFor)
    expect(leaveFor).toHaveBeenCalledWith('/admin/')
  })

  it('ask nobody again for an address that led here', async () => {
    const leaveFor = vi.fn<(address: string) => void>()
    expect((await goTo(person('/admin/', ['system_admin']), '/admin/nowhere', leaveFor)).name).toBe('not-found')
    expect(leaveFor).not.toHaveBeenCalled()
  })

  it('say which roles a page needs to those who have none of them', async () => {
    const route = await goTo(person('/tickets', ['department_desk']), '/desk')
    expect(route.name).toBe('forbidden')
    expect(String(route.query.roles)).toContain('dispatcher')
  })

  it('answer an unknown address with a page of its own', async () => {
    expect((await goTo(person('/wall', ['wall_operator']), '/nowhere/at/all')).name).toBe('not-found')
  })

  it('still lead to sign-in when the back end does not answer', async () => {
    const unreachable = { ...nobody, loaded: false, load: () => Promise.reject(new Error('down')) }
    expect((await goTo(unreachable, '/desk')).name).toBe('sign-in')
  })
})

describe('the pages', () => {
  it('have one name each', () => {
    const names = routes.map((route) => route.name).filter(Boolean)
    expect(new Set(names).size).toBe(names.length)
  })
})
