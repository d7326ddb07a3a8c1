import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/admin/scenes', name: 'scenes', component: () => import('./pages/ScenesPage.vue'), meta: { title: 'scenes.title', roles: ['system_admin', 'wall_operator', 'duty_chief', 'leader'] } },
]

export default routes
