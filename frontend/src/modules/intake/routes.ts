import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/intake', name: 'intake', component: () => import('./pages/IntakePage.vue'),
    meta: { title: 'intake.nav', roles: ['acceptor', 'duty_chief'] },
  },
]

export default routes
