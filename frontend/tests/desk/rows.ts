import type { AlertRow, EventRow } from '@/api/types'

export const NOW = Date.parse('2026-11-22T06:32:00Z')
export const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()

export function alertRow(changes: Partial<AlertRow> = {}): AlertRow {
  return {
    id: 1, version: 1, state: 'open', level: 1, title: '消防通道占用', source: 'video', rule: 'fire-lane', type_code: '0408', type_name: '生命通道占用',
    area_path: 'city.district.s1.c1.g3', area_label: '望江街道 荷花社区 3号网格', street_path: 'city.district.s1', lng: 118.72, lat: 32.01,
    found_at: at(-1), last_seen_at: at(0), seen_count: 1, confidence: 0.91, acknowledged_at: null, acknowledged_by: null, event_id: null,
    recovered_at: null, shelved_at: null, shelved_until: null, shelved_by: null, shelve_reason: '',
    still_url: '/media/still.jpg', camera_id: 4, camera_name: '荷花社区 3号楼东', due_at: at(4), escalation: 0, ...changes,
  }
}

export function eventRow(changes: Partial<EventRow> = {}): EventRow {
  return {
    id: 1, number: 'E20261122-0342', version: 1, state: 'handling', stage: 'handle', level: 3, title: '井盖缺失', type_code: '0101', type_name: '井盖缺失',
    source: 'citizen', area_path: 'city.district.s1.c1.g3', area_label: '望江街道 荷花社区 3号网格', street_path: 'city.district.s1', address: '友谊路 12 号',
    lng: 118.72, lat: 32.01, reported_at: at(-31), due_at: at(60), due_kind: 'handling', due_started_at: at(-20), light: 'green', lead_unit: null,
    flags: { rework_count: 0, return_count: 0, escalation: 0, urge_count: 0, supervision: '' }, owner_unit_id: 7, taken_by: null, taken_at: null, ...changes,
  }
}
