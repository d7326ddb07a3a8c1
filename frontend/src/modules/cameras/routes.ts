import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/admin/cameras', name: 'cameras', component: () => import('./pages/CamerasPage.vue'), meta: { title: 'cameras.title', roles: ['system_admin', 'grid_admin'] } },
]

export default routes
