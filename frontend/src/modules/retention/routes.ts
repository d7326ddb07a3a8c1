import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/admin/retention', name: 'retention', component: () => import('./pages/RetentionPage.vue'),
    meta: { title: 'retention.title', roles: ['system_admin', 'grid_admin', 'duty_chief', 'leader'] },
  },
]

export default routes
