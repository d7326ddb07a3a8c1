import type { RouteRecordRaw } from 'vue-router'

const SEATS = ['department_desk', 'handler'] as const
/** Whoever may look at a leg may print it. */
const READERS = [...SEATS, 'acceptor', 'dispatcher', 'duty_chief', 'leader', 'assessor'] as const

const routes: RouteRecordRaw[] = [
  { path: '/tickets', name: 'tickets', component: () => import('./pages/TicketsPage.vue'), meta: { title: 'nav.tickets', roles: [...SEATS] } },
  { path: '/tickets/print', name: 'tickets-print', component: () => import('./pages/PrintPage.vue'), meta: { title: 'nav.tickets', roles: [...READERS] } },
]

export default routes
