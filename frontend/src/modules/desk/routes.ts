import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/desk', name: 'desk', component: () => import('./pages/DeskPage.vue'),
    meta: { title: 'nav.desk', roles: ['wall_operator', 'acceptor', 'dispatcher', 'duty_chief', 'leader', 'assessor'] },
  },
]

export default routes
