import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/admin/deadlines', name: 'deadlines', component: () => import('./pages/DeadlinesPage.vue'),
    meta: { title: 'deadlines.title', roles: ['system_admin', 'grid_admin', 'duty_chief', 'leader'] },
  },
]

export default routes
