import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/tickets', name: 'tickets', component: () => import('./pages/TicketsPage.vue'),
    meta: { title: 'nav.tickets', roles: ['department_desk', 'handler'] },
  },
]

export default routes
