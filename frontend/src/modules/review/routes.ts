import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/review', name: 'review', component: () => import('./pages/ReviewPage.vue'),
    meta: { title: 'review.nav', roles: ['wall_operator', 'acceptor', 'dispatcher', 'duty_chief'] },
  },
  {
    path: '/quality', name: 'quality', component: () => import('./pages/QualityPage.vue'),
    meta: { title: 'review.quality', roles: ['acceptor', 'dispatcher', 'duty_chief', 'leader', 'assessor', 'grid_admin', 'system_admin'] },
  },
]

export default routes
