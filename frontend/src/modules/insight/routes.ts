import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/insight', name: 'insight', component: () => import('./pages/AssessmentPage.vue'),
    meta: { title: 'insight.nav', roles: ['assessor', 'leader', 'duty_chief', 'acceptor', 'dispatcher', 'grid_leader', 'department_desk'] },
  },
]

export default routes
