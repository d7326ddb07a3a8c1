import type { RouteRecordRaw } from 'vue-router'

const SEATS = ['wall_operator', 'acceptor', 'dispatcher', 'duty_chief', 'leader', 'assessor'] as const

const routes: RouteRecordRaw[] = [
  {
    path: '/desk', name: 'desk', component: () => import('./pages/DeskPage.vue'),
    meta: { title: 'nav.desk', roles: [...SEATS] },
  },
  { path: '/desk/map', name: 'desk-map', component: () => import('./pages/DeskMapPage.vue'), meta: { title: 'desk.mapWindow.title', roles: [...SEATS] } },
]

export default routes
