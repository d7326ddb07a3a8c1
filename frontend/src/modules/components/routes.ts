import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/admin/components', name: 'components', component: () => import('./pages/ComponentsPage.vue'), meta: { title: 'components.title' } },
]

export default routes
