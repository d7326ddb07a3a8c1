import type { RouteRecordRaw } from 'vue-router'

const roles = ['grid_admin', 'system_admin', 'duty_chief', 'leader', 'wall_operator', 'dispatcher', 'acceptor', 'grid_leader'] as const

const routes: RouteRecordRaw[] = [
  { path: '/admin/algorithms', name: 'algorithms', component: () => import('./pages/AlgorithmsPage.vue'), meta: { title: 'algorithms.title', roles } },
  { path: '/admin/algorithms/:code', name: 'algorithm', component: () => import('./pages/AlgorithmPage.vue'), meta: { title: 'algorithms.title', roles } },
]

export default routes
