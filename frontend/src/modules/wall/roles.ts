import type { Role } from '@/api/types'

/** Who may look at a wall on a screen of their own. */
export const WALL_ROLES: Role[] = ['wall_operator', 'wall_device', 'acceptor', 'dispatcher', 'duty_chief', 'leader', 'assessor', 'grid_admin', 'system_admin']
/** Who points a wall at something. */
export const CONTROL_ROLES: Role[] = ['wall_operator', 'acceptor', 'dispatcher', 'duty_chief', 'leader', 'system_admin']
export const MANAGE_ROLES: Role[] = ['wall_operator', 'duty_chief', 'system_admin']
/** Who looks at the figures of an area. */
export const OVERVIEW_ROLES: Role[] = ['leader', 'duty_chief', 'acceptor', 'dispatcher', 'assessor', 'wall_operator', 'grid_leader', 'grid_admin', 'system_admin']
