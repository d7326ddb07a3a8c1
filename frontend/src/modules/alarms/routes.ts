import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/alarms', name: 'alarms', component: () => import('./pages/AlarmsPage.vue'),
    meta: { title: 'alarms.nav', roles: ['wall_operator', 'acceptor', 'dispatcher', 'duty_chief', 'leader', 'assessor', 'grid_admin', 'system_admin'] },
  },
]

export default routes
