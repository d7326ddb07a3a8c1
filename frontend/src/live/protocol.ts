/** The frames of the live socket: ids are positions in one stream, opaque and increasing. */
import type { AlertRow, CameraState, EventRow, ExportRow, FieldTask, FootingShape, OrderRow, Presence, Reminder, RequestRow, SceneShape, WallRow } from '@/api/types'
import type { components } from './updates'

type Published = components['schemas']
/** An update as the server describes it, with its row in the shape the screens use. */
type With<Update extends { row: unknown }, Row> = Omit<Update, 'row'> & { row: Row }

export interface Changed<Row> { id: number; version: number; change: string; row: Row }
export interface Gone { kind: 'alert' | 'event' | 'order' | 'task' | 'camera' | 'request' | 'reminder' | 'export' | 'component' | 'sensor'; id: number }
export interface CameraStateUpdate {
  id: number; state: CameraState; state_since: string | null; detail: string; still_at: string | null; fps: number
}
export interface PositionUpdate { responder_id: number; lng: number; lat: number; at: string }

/** Every kind of live update with what it carries. */
export interface Updates {
  'alert.changed': With<Published['AlertChanged'], AlertRow>
  'out_of_service.changed': Published['OutOfServiceChanged']
  'event.changed': With<Published['EventChanged'], EventRow>
  'order.changed': With<Published['OrderChanged'], OrderRow>
  'request.changed': With<Published['RequestChanged'], RequestRow>
  'export.changed': With<Published['ExportChanged'], ExportRow>
  'reminder.changed': With<Published['ReminderChanged'], Reminder>
  'task.changed': With<Published['TaskChanged'], Omit<FieldTask, 'distance_m'>>
  'wall.changed': With<Published['WallChanged'], WallRow>
  'scene.changed': With<Published['SceneChanged'], SceneShape>
  'footing.changed': With<Published['FootingChanged'], FootingShape>
  'boundary_draft.changed': Published['BoundaryDraftChanged']
  'areas.changed': Published['AreasChanged']
  'component.changed': Published['ComponentChanged']
  'sensor.changed': Published['SensorChanged']
  'message.created': Published['MessageCreated']
  'message.read': Published['MessagesRead']
  gone: Gone
  'camera.state': CameraStateUpdate
  position: PositionUpdate
  presence: Presence
}
export type UpdateType = keyof Updates

export interface Item { id: string; type: string; at: string; payload: unknown }
export interface LatestItem { type: string; payload: unknown }

export type Frame =
  | { type: 'hello'; epoch: string; through: string; build_id: string; server_time: string; heartbeat_seconds: number }
  | { type: 'updates'; through: string; items: Item[] }
  | { type: 'heartbeat'; through: string; server_time: string }
  | { type: 'reset'; reason: 'epoch' | 'too_old' | 'rights'; epoch: string; through: string }
  | { type: 'latest'; items: LatestItem[] }

export const SESSION_ENDED = 4401
export const RIGHTS_CHANGED = 4403

/** Orders two stream positions ("milliseconds-sequence"): negative when `a` is earlier. */
export function comparePositions(a: string, b: string): number {
  const [aTime = '0', aSequence = '0'] = a.split('-')
  const [bTime = '0', bSequence = '0'] = b.split('-')
  return Number(aTime) - Number(bTime) || Number(aSequence) - Number(bSequence)
}
