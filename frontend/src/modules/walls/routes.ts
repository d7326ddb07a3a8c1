import type { RouteRecordRaw } from 'vue-router'
import { CONTROL_ROLES } from '@/modules/wall/roles'

const routes: RouteRecordRaw[] = [
  { path: '/admin/walls', name: 'walls', component: () => import('./pages/WallsPage.vue'), meta: { title: 'walls.title', roles: CONTROL_ROLES } },
]

export default routes
