import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/video', name: 'video', component: () => import('./pages/VideoPage.vue'),
    meta: { title: 'video.title', roles: ['wall_operator', 'acceptor', 'dispatcher', 'duty_chief', 'leader', 'grid_leader', 'grid_worker', 'collector', 'grid_admin', 'system_admin'] },
  },
]

export default routes
