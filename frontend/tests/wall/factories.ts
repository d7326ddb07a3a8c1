import type { AlertRow, CameraRow, EventRow, WallSnapshot } from '@/api/types'

export const alert = (over: Partial<AlertRow> = {}): AlertRow => ({
  id: 1, version: 1, state: 'open', level: 1, title: '重点区域闯入', source: 'video', rule: 'presence', type_code: 'E01', type_name: '闯入', area_path: '3299.05.01',
  area_label: '望江街道 荷花社区 3号网格', street_path: '3299.05.01', lng: 118.71, lat: 32.01, found_at: '2026-11-22T06:31:12Z', last_seen_at: '2026-11-22T06:31:12Z',
  seen_count: 1, confidence: 0.9, acknowledged_at: null, acknowledged_by: null, recovered_at: null, shelved_at: null, shelved_until: null, shelved_by: null, shelve_reason: '', event_id: null, still_url: null, camera_id: 3, camera_name: '荷花社区 3号楼东', due_at: '2026-11-22T06:36:12Z', escalation: 0, ...over,
})

export const alertsOf = (over: Partial<WallSnapshot['alerts']> = {}): WallSnapshot['alerts'] => ({
  unacknowledged: 0, recovered: 0, shelved: 0, by_level: {}, items: [], flood: { is_flood: false, new: 0, above: 10, minutes: 10, groups: [] }, ...over,
})

export const event = (over: Partial<EventRow> = {}): EventRow => ({
  id: 5, number: 'E1', version: 1, state: 'reported', stage: 'discover', level: 2, title: '占道经营', type_code: 'E02', type_name: '占道经营', source: 'video',
  area_path: '3299.05.01', area_label: '望江街道', street_path: '3299.05.01', address: '', lng: 118.7, lat: 32, reported_at: '2026-11-22T06:00:00Z', due_at: null,
  due_kind: '', due_started_at: null, light: 'green', lead_unit: null, flags: { rework_count: 0, return_count: 0, escalation: 0, urge_count: 0, supervision: '' }, owner_unit_id: 7, taken_by: null, taken_at: null, ...over,
})

export const camera = (over: Partial<CameraRow> = {}): CameraRow => ({
  id: 3, version: 1, code: 'C3', name: '荷花社区 3号楼东', area_path: '3299.05.01', area_label: '望江街道', lng: 118.71, lat: 32.01, enabled: true, state: 'online',
  state_since: null, state_reason: '', state_detail: '', problems: [], source_kind: 'other', group_id: null, group_name: null, priority: 2, is_high: false, height_m: null, bearing: null, view_angle: null, view_range_m: null, fps: 5, still_url: '/api/v1/cameras/3/still.jpg', still_at: null, zones_count: 1, holder: null, ...over,
})

export const snapshot = (over: Partial<WallSnapshot> = {}): WallSnapshot => ({
  as_of: '10-0', epoch: 'a', at: '2026-11-22T06:32:00Z', title: '云澜区城市运行指挥中心',
  kpis: { received_today: 12, received_yesterday_same_time: 10, open: 3, near_due: 1, overdue: 0, longest_overdue_seconds: 0, on_time_rate: null, on_time_goal: 0.95 },
  sources: [], trend: { today: [], average7: [] }, streets: [], stages: [], alerts: alertsOf(), events: [], cameras: [], forces: [],
  duty_chief: null, ...over,
})
