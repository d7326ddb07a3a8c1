/** Where in the tree somebody may act in a role: pure. */
import type { Me, Role } from '@/api/types'

export const isInside = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`)

/** The areas that somebody holds in one of these roles, the largest first. */
export const heldAreas = (user: Pick<Me, 'grants'> | null, roles: readonly Role[]): string[] =>
  (user?.grants ?? []).filter((grant) => grant.area && roles.includes(grant.role)).map((grant) => grant.area!.path).sort((a, b) => a.length - b.length)

/** The most of this area that somebody may change: all of it, else the largest part that they hold; all, where nothing is known. */
export function ownPart(user: Pick<Me, 'grants'> | null, roles: readonly Role[], whole: string): string {
  const held = heldAreas(user, roles)
  return held.some((path) => isInside(whole, path)) ? whole : (held.find((path) => isInside(path, whole)) ?? whole)
}
