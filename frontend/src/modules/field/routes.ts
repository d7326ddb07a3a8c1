import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  {
    path: '/m', component: () => import('./pages/FieldShell.vue'), meta: { title: 'nav.field', roles: ['grid_worker', 'grid_leader', 'collector', 'handler'] },
    children: [
      { path: '', name: 'field', component: () => import('./pages/TasksPage.vue') },
      { path: 'tasks/:id(\\d+)', name: 'field-task', component: () => import('./pages/TaskPage.vue') },
      { path: 'report', name: 'field-report', component: () => import('./pages/ReportPage.vue') },
      { path: 'me', name: 'field-me', component: () => import('./pages/MePage.vue') },
    ],
  },
]

export default routes
