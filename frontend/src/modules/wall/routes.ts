import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/wall', name: 'wall', component: () => import('./pages/WallPage.vue'),
    meta: {
      title: 'nav.wall', theme: 'dark',
      roles: ['wall_operator', 'acceptor', 'dispatcher', 'duty_chief', 'leader', 'assessor', 'grid_admin', 'system_admin'],
    },
  },
]

export default routes
