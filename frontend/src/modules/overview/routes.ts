import type { RouteRecordRaw } from 'vue-router'
import { OVERVIEW_ROLES } from '@/modules/wall/roles'

const routes: RouteRecordRaw[] = [
  { path: '/overview', name: 'overview', component: () => import('./pages/OverviewPage.vue'), meta: { title: 'overview.title', roles: OVERVIEW_ROLES } },
]

export default routes
