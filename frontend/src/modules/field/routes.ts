import type { RouteRecordRaw } from 'vue-router'

const page = (name: keyof typeof import('./pages')) => () => import('./pages').then((pages) => pages[name])

const routes: RouteRecordRaw[] = [
  {
    path: '/m', component: page('FieldShell'), meta: { title: 'nav.field', roles: ['grid_worker', 'grid_leader', 'collector', 'handler'] },
    children: [
      { path: '', name: 'field', component: page('TasksPage') },
      { path: 'tasks/:id(\\d+)', name: 'field-task', component: page('TaskPage') },
      { path: 'report', name: 'field-report', component: page('ReportPage') },
      { path: 'me', name: 'field-me', component: page('MePage') },
    ],
  },
]

export default routes
