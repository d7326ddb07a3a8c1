import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/admin/rules', name: 'rules', component: () => import('./pages/RulesPage.vue'),
    meta: { title: 'rules.title', roles: ['system_admin', 'grid_admin', 'duty_chief', 'leader'] },
  },
]

export default routes
