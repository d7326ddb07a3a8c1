import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/admin/sensors', name: 'sensors', component: () => import('./pages/SensorsPage.vue'), meta: { title: 'sensors.title' } },
]

export default routes
