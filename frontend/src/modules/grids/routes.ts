import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/admin/grids', name: 'grids', component: () => import('./pages/GridsPage.vue'), meta: { title: 'grids.title', roles: ['grid_admin', 'system_admin'] } },
]

export default routes
