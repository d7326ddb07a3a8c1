export type { ConnectionState } from './connection'
export type { Changed, CameraStateUpdate, Gone, PositionUpdate, Updates, UpdateType } from './protocol'
export { useLiveStore } from './store'
export { useConnection, useLive, useRefetch } from './useLive'
