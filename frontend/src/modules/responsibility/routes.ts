import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/admin/responsibility', name: 'responsibility', component: () => import('./pages/ResponsibilityPage.vue'), meta: { title: 'responsibility.title', roles: ['grid_admin', 'system_admin', 'duty_chief', 'dispatcher', 'leader', 'grid_leader'] } },
]

export default routes
