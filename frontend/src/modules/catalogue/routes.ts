import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/admin/catalogue', name: 'catalogue', component: () => import('./pages/CataloguePage.vue'),
    meta: { title: 'catalogue.title', roles: ['system_admin', 'grid_admin', 'duty_chief', 'leader', 'assessor', 'dispatcher', 'acceptor'] },
  },
]

export default routes
