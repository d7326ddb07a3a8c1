/** An event that somebody cast onto the wall stands where an alarm would. Pure. */
import type { AlertRow, WallRow } from '@/api/types'

type Cast = NonNullable<WallRow['view']['event']>

/** Numbers below zero are no alert's: nothing that happens to alerts touches it. */
export function castAsAlert(event: Cast): AlertRow {
  return {
    id: -event.id, version: 1, state: 'confirmed', level: event.level as AlertRow['level'], title: event.title, source: 'cast', rule: '',
    type_code: '', type_name: '', area_path: '', area_label: event.area_label, street_path: '', lng: event.lng, lat: event.lat,
    found_at: event.reported_at, last_seen_at: event.reported_at, seen_count: 1, confidence: null, acknowledged_at: event.reported_at,
    acknowledged_by: null, recovered_at: null, shelved_at: null, shelved_until: null, shelved_by: null, shelve_reason: '',
    event_id: event.id, still_url: null, camera_id: null, camera_name: '', due_at: event.reported_at, escalation: 0,
  }
}
