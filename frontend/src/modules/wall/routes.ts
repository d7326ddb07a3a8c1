import type { RouteRecordRaw } from 'vue-router'
import { CONTROL_ROLES } from './roles'

const routes: RouteRecordRaw[] = [
  // A screen that nobody has signed in to shows its pairing code here; the page itself asks who is there.
  { path: '/wall', name: 'wall', component: () => import('./pages/WallPage.vue'), meta: { title: 'nav.wall', theme: 'dark', public: true } },
  { path: '/wall/calibrate', name: 'wall-calibrate', component: () => import('./pages/CalibratePage.vue'), meta: { title: 'wall.calibrate.title', theme: 'dark', public: true } },
  { path: '/wall/remote/:id(\\d+)', name: 'wall-remote', component: () => import('@/modules/walls/pages/RemotePage.vue'), meta: { title: 'walls.remote.title', roles: CONTROL_ROLES } },
]

export default routes
