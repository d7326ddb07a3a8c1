import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/admin/routing', name: 'routing', component: () => import('./pages/RoutingPage.vue'),
    meta: { title: 'routing.nav', roles: ['system_admin', 'duty_chief', 'dispatcher', 'acceptor'] },
  },
]

export default routes
