/** What the camera's form holds, and what of it is sent. */
import type { CameraDetail, Changes, NewCamera, SourceKind } from './calls'

export interface CameraForm {
  code: string
  name: string
  stream_url: string
  sub_stream_url: string
  can_turn: boolean
  control_url: string
  user: string
  password: string
  gateway_id: number | null
  channel: string
  group_id: number | null
  source_kind: SourceKind
  priority: 1 | 2 | 3
  is_high: boolean
  height_m: number | null
  bearing: number | null
  view_angle: number | null
  view_range_m: number | null
  sampling: 'timed' | 'key_frames'
  pictures_per_second: number
  enabled: boolean
}
export type Start = Partial<CameraForm> & { lng?: number | null; lat?: number | null }

export const NUMBERS = ['height_m', 'bearing', 'view_angle', 'view_range_m'] as const

export function emptyForm(start: Start = {}): CameraForm {
  return {
    code: '', name: '', stream_url: '', sub_stream_url: '', can_turn: false, control_url: '', user: '', password: '', gateway_id: null, channel: '', group_id: null, source_kind: 'other', priority: 2,
    is_high: false, height_m: null, bearing: null, view_angle: null, view_range_m: null, sampling: 'timed', pictures_per_second: 5, enabled: true,
    ...Object.fromEntries(Object.entries(start).filter(([key]) => key !== 'lng' && key !== 'lat')),
  }
}

export const formOf = (camera: CameraDetail): CameraForm =>
  emptyForm({
    code: camera.code, name: camera.name, stream_url: camera.gateway_id === null ? (camera.stream_url ?? '') : '', sub_stream_url: camera.sub_stream_url ?? '', can_turn: camera.can_turn, control_url: camera.control_url ?? '', gateway_id: camera.gateway_id, channel: camera.channel,
    group_id: camera.group_id, source_kind: camera.source_kind as SourceKind, priority: camera.priority as 1 | 2 | 3, is_high: camera.is_high, height_m: camera.height_m,
    bearing: camera.bearing, view_angle: camera.view_angle, view_range_m: camera.view_range_m, sampling: camera.sampling as CameraForm['sampling'],
    pictures_per_second: camera.pictures_per_second, enabled: camera.enabled,
  })

/** An emptied number field gives an empty text: nothing is known then. */
const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/** All that is sent for a new camera; a login only where one was typed. */
export function wholeOf(form: CameraForm, place: { lng: number; lat: number }): NewCamera {
  const { user, password, ...plain } = form
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, numberOf(form[name])]))
  return { ...plain, ...numbers, ...place, ...(user ? { user } : {}), ...(password ? { password } : {}), ...(form.gateway_id === null ? { channel: '' } : { stream_url: '', sub_stream_url: '', control_url: '' }) }
}

/** Of a changed form, what differs from the stored camera: an address that was not touched is not sent again. */
export function changesOf(form: CameraForm, place: { lng: number; lat: number }, camera: CameraDetail): Changes {
  const before: Record<string, unknown> = { ...wholeOf(formOf(camera), { lng: camera.lng, lat: camera.lat }) }
  const now = wholeOf(form, place)
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== before[key])) as Changes
}
