export { alarmFeatures, collection, point } from './features'
export { default as MapView } from './MapView.vue'
export { EMPTY, type LiveSource } from './style'
