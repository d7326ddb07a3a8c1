import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/admin/cameras/:id(\\d+)/zones', name: 'zones', component: () => import('./pages/ZonesPage.vue'),
    meta: { title: 'zones.title', roles: ['grid_admin', 'system_admin', 'duty_chief', 'wall_operator', 'leader'] },
  },
]

export default routes
