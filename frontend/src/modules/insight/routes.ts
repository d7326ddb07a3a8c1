import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/insight/:tab(running|handling|repeats|assessment|risk|alarms)?', name: 'insight', component: () => import('./pages/InsightPage.vue'),
    meta: { title: 'insight.nav', roles: ['assessor', 'leader', 'duty_chief', 'acceptor', 'dispatcher', 'grid_leader', 'department_desk'] },
  },
]

export default routes
