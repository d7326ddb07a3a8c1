/**
 * The shapes of /api/v1 that the screens use, by the names of the glossary.
 * Times are ISO 8601 UTC, lengths of time are seconds, positions are lon/lat degrees.
 */

export type Level = 1 | 2 | 3 | 4
export type Light = 'green' | 'yellow' | 'red'
export type Stage = 'discover' | 'verify' | 'dispatch' | 'handle' | 'feedback' | 'evaluate' | 'ended'
export type AreaLevel = 'district' | 'street' | 'community' | 'grid'
export type AlertState = 'open' | 'confirmed' | 'dismissed' | 'expired'
export type CameraState =
  | 'online' | 'connecting' | 'dead_stream' | 'broken_file' | 'missing_model' | 'disabled' | 'unassigned'
export type EventState =
  | 'reported' | 'verifying' | 'filed' | 'dispatched' | 'returned' | 'handling' | 'suspended' | 'handled'
  | 'checking' | 'checked' | 'closed' | 'evaluated' | 'rejected' | 'merged' | 'cancelled'
export type OrderState = 'issued' | 'signed' | 'done' | 'returned' | 'withdrawn'
export type OrderBox = 'to_sign' | 'handling' | 'rework' | 'done' | 'closed'
export type TaskKind = 'verify' | 'check' | 'handle' | 'patrol' | 'visit'
export type DueKind = 'accept' | 'verify' | 'dispatch' | 'sign' | 'handling' | 'check' | 'close'
export type LimitType = string
export type Role =
  | 'wall_operator' | 'acceptor' | 'dispatcher' | 'duty_chief' | 'leader' | 'department_desk' | 'handler'
  | 'grid_leader' | 'grid_worker' | 'collector' | 'assessor' | 'grid_admin' | 'system_admin'

export interface Named { id: number; name: string }
/** Where the stream of live updates stood when this was read; a newer update must be applied on top. */
export interface AsOf { as_of: string; epoch: string }
export interface Page<T> extends AsOf { items: T[]; next: string | null }
export interface Limit { type: LimitType; amount: number }

export interface Grant { role: Role; role_name: string; unit: Named | null; area: { path: string; name: string; level: AreaLevel } | null }
export interface Me { id: number; username: string; name: string; home: string; grants: Grant[]; roles: Role[] }
export interface Camera3D { center: [number, number]; zoom: number; pitch: number; bearing: number }
export interface District { name: string; center_name: string; bounds: [number, number, number, number]; camera: Camera3D }
export interface Session { user: Me | null; server_time: string; build_id: string; district: District | null }

export interface Area {
  id: number; code: string; level: AreaLevel; name: string; path: string; parent_path: string | null; households: number | null
}
export interface LocatedArea { id: number; path: string; code: string; name: string }
export interface Location {
  path: string; district: LocatedArea | null; street: LocatedArea | null; community: LocatedArea | null; grid: LocatedArea | null
}
export interface AreaProperties { id: number; path: string; code: string; name: string; level: AreaLevel; label: [number, number] }

export interface OrgUnit {
  id: number; code: string; name: string; short_name: string; kind: 'department' | 'centre' | 'office' | 'team'
  area_path: string | null; parent_id: number | null
}
export interface Condition { id: number; code: string; text: string; handling_limit: Limit }
export interface EventType {
  code: string; name: string; category: 'part' | 'event' | 'governance'; main_class: string; report_group: string
  default_level: Level; default_unit: Named | null; needs_after_photo: boolean; check_mode: string; conditions: Condition[]
}

export interface Attachment {
  id: number; url: string; thumb_url: string | null; kind: 'photo' | 'still' | 'clip' | 'document'
  purpose: 'report' | 'verification' | 'before' | 'after' | 'check'; blurred: boolean; created_at: string; by: string | null
}
export interface Upload { id: number; url: string; thumb_url: string; width: number; height: number; sha256: string }

export interface AlertRow {
  id: number; version: number; state: AlertState; level: Level; title: string; source: 'video' | 'sensor' | 'data'; rule: string
  type_code: string; type_name: string; area_path: string; area_label: string; street_path: string | null
  lng: number; lat: number; found_at: string; last_seen_at: string; seen_count: number; confidence: number | null
  acknowledged_at: string | null; acknowledged_by: string | null; event_id: number | null; still_url: string | null
  camera_id: number | null; camera_name: string | null; due_at: string | null
}
export interface Box { x: number; y: number; width: number; height: number; label?: string; score?: number }
export interface AllowedMove { move: string; label: string; needs: string[]; available: boolean; refusal_code?: string | null }
export interface HistoryEntry {
  seq: number; at: string; actor_name: string; role: string | null; move: string; from_state: string | null; to_state: string | null
  reason: string | null; note: string | null; position: [number, number] | null; attachment_ids: number[]
  readings: Record<string, unknown> | null; hash: string
}
export interface AlertDetail extends AlertRow, AsOf {
  clip_url: string | null; boxes: Box[]; zone_polygon: [number, number][]; camera: CameraRow | null
  allowed_moves: AllowedMove[]; history: HistoryEntry[]; precision: number | null
}

export interface Flags { rework_count: number; return_count: number }
export interface EventRow {
  id: number; number: string; version: number; state: EventState; stage: Stage; level: Level; title: string
  type_code: string; type_name: string; source: string; area_path: string; area_label: string; street_path: string | null
  address: string; lng: number; lat: number; reported_at: string; due_at: string | null; due_kind: DueKind | null
  due_started_at: string | null; light: Light | null; lead_unit: Named | null; opened_by?: string | null; flags: Flags
}
export interface DeadlineInterval { from: string; to: string | null; kind: string }
export interface Deadline {
  kind: DueKind; limit: Limit; started_at: string; due_at: string | null; stopped_at: string | null
  elapsed_seconds: number; overdue_seconds: number; running: boolean; light: Light; intervals: DeadlineInterval[]
}
export interface Evaluation { timeliness: number | null; quality: number | null; satisfaction: number | null }
export interface EventDetail extends EventRow, AsOf {
  description: string; public_stage: string; condition: Condition | null; scenario: { code: string; name: string; version?: string } | null
  alerts: AlertRow[]; attachments: Attachment[]; work_orders: OrderRow[]; tasks: FieldTask[]; deadlines: Deadline[]
  history: HistoryEntry[]; allowed_moves: AllowedMove[]; evaluation: Evaluation | null
}

export interface OrderRow {
  id: number; version: number; event_id: number; event_number: string; event_version: number; state: OrderState
  role: 'lead' | 'co'; unit: Named; title: string; level: Level; area_label: string; address: string; lng: number; lat: number
  issued_at: string; due_at: string | null; due_kind: DueKind | null; light: Light | null; photo_count: number; rework: boolean
}
export interface OrderDetail extends OrderRow { event: EventDetail; allowed_moves: AllowedMove[] }
export type OrderCounts = Record<OrderBox, number>

export interface FieldTask {
  id: number; version: number; kind: TaskKind; state: string; subject: { kind: string; id: number }; title: string; note: string
  level: Level; area_label: string; address: string; lng: number; lat: number; distance_m: number | null; assignee: Named | null
  issued_at: string; due_at: string | null; light: Light | null; result: string | null; before_photos: Attachment[]
  allowed_moves?: AllowedMove[]
}
export interface Responder {
  id: number; user_id: number | null; name: string; kind: string; unit: Named | null; on_duty: boolean; busy_with: string | null
  lng: number; lat: number; position_at: string; distance_m: number
}

export interface CameraRow {
  id: number; version: number; code: string; name: string; area_path: string; area_label: string; lng: number; lat: number
  enabled: boolean; state: CameraState; state_since: string | null; state_detail: string | null; fps: number | null
  still_url: string | null; still_at: string | null; zones_count: number; holder?: string | null
}

export interface HourCount { hour: number; count: number }
export interface StreetFigures {
  path: string; name: string; received: number; open: number; overdue: number; closed_rate: number | null; label: [number, number]
}
export interface WallEvent {
  id: number; version: number; level: Level; lng: number; lat: number; state: EventState; title: string; area_label: string
}
export interface Kpis {
  received_today: number; received_yesterday_same_time: number; open: number; near_due: number; overdue: number
  longest_overdue_seconds: number; on_time_rate: number | null; on_time_goal: number
}
export interface WallSnapshot extends AsOf {
  at: string; title: string; kpis: Kpis; sources: { source: string; count: number }[]
  trend: { today: HourCount[]; average7: HourCount[] }; streets: StreetFigures[]
  stages: { stage: Stage; total_today: number; waiting: number }[]
  alerts: { unacknowledged: number; by_level: Record<string, number>; items: AlertRow[] }
  events: WallEvent[]; cameras: CameraRow[]; forces: { kind: string; on_duty: number; total: number }[]
  duty_chief: { name: string } | null
}
