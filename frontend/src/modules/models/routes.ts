import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/admin/models', name: 'models', component: () => import('./pages/ModelsPage.vue'),
    meta: { title: 'models.title', roles: ['system_admin', 'grid_admin'] },
  },
]

export default routes
