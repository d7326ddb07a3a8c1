/** All phone pages in one piece: once the first is open, the others open without a network. */
export { default as FieldShell } from './FieldShell.vue'
export { default as MePage } from './MePage.vue'
export { default as ReportPage } from './ReportPage.vue'
export { default as TaskPage } from './TaskPage.vue'
export { default as TasksPage } from './TasksPage.vue'
