import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/admin/duty-zones', name: 'duty-zones', component: () => import('./pages/DutyZonesPage.vue'), meta: { title: 'dutyZones.title', roles: ['grid_admin', 'system_admin'] } },
]

export default routes
