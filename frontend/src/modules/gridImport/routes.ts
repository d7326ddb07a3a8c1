import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/admin/grids/import', name: 'grid-import', component: () => import('./pages/ImportPage.vue'), meta: { title: 'gridImport.title', roles: ['grid_admin', 'system_admin'] } },
]

export default routes
