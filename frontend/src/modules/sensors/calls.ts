/** Every call of the register of sensors. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'
import type { SensorKind } from '@/shared/map'

type Schemas = components['schemas']
export type SensorRow = Schemas['SensorRow']
export type SensorDetail = Schemas['SensorDetail']
export type SensorPage = Schemas['SensorList']
export type KindRow = Schemas['SensorKindRow']
export type HistoryRow = Schemas['SensorHistoryRow']
export type NewSensor = Schemas['SensorCreateInput']
export type Changes = Schemas['PatchedSensorChangesInput']
export type Move = Schemas['SensorStateInput']['move']
export type SheetPreview = Schemas['SheetPreview']
export type SheetCounts = Schemas['SheetCounts']

export const STATES = ['in_use', 'switched_off', 'removed'] as const
export type State = (typeof STATES)[number]
export interface Filter { q: string; theme: KindRow['theme'] | ''; kind: SensorKind | ''; state: State | ''; area: string }
export const emptyFilter = (): Filter => ({ q: '', theme: '', kind: '', state: '', area: '' })

/** What of the filter is asked: empty fields are left out. */
export const asked = (filter: Filter) => ({
  ...(filter.q.trim() ? { q: filter.q.trim() } : {}),
  ...(filter.theme && !filter.kind ? { theme: filter.theme } : {}),
  ...(filter.kind ? { kind: filter.kind } : {}),
  ...(filter.state ? { state: filter.state } : {}),
  ...(filter.area ? { area: filter.area } : {}),
})

const of = (sensor_id: number) => ({ params: { path: { sensor_id } } })

export const fetchSensors = (filter: Filter, cursor?: string): Promise<SensorPage> =>
  body(client.GET('/api/v1/sensors', { params: { query: { ...asked(filter), ...(cursor ? { cursor } : {}) } } }))
export const fetchKinds = (): Promise<Schemas['SensorKindList']> => body(client.GET('/api/v1/sensors/kinds'))
export const fetchSensor = (id: number): Promise<SensorDetail> => body(client.GET('/api/v1/sensors/{sensor_id}', of(id)))
export const fetchHistory = (id: number): Promise<{ items: HistoryRow[] }> => body(client.GET('/api/v1/sensors/{sensor_id}/history', of(id)))
export const registerSensor = (sensor: NewSensor): Promise<SensorDetail> => body(client.POST('/api/v1/sensors', { body: sensor }))
export const editSensor = (id: number, changes: Changes): Promise<SensorDetail> => body(client.PATCH('/api/v1/sensors/{sensor_id}', { ...of(id), body: changes }))
export const changeState = (id: number, version: number, move: Move, note: string): Promise<SensorDetail> =>
  body(client.POST('/api/v1/sensors/{sensor_id}/state', { ...of(id), body: { version, move, note } }))

export const fetchWorkbook = (filter: Filter): Promise<Blob> => body(client.GET('/api/v1/sensors/export.xlsx', { params: { query: asked(filter) }, parseAs: 'blob' }))
export const fetchTemplate = (): Promise<Blob> => body(client.GET('/api/v1/sensors/template.xlsx', { parseAs: 'blob' }))

function formOf(file: File, more: Record<string, string> = {}): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  for (const [name, value] of Object.entries(more)) form.append(name, value)
  return form
}
export const previewImport = (file: File): Promise<SheetPreview> =>
  body(client.POST('/api/v1/sensors/import/preview', { body: { file: '' }, bodySerializer: () => formOf(file) }))
export const applyImport = (file: File, fingerprint: string): Promise<{ counts: SheetCounts }> =>
  body(client.POST('/api/v1/sensors/import', { body: { file: '', fingerprint }, bodySerializer: () => formOf(file, { fingerprint }) }))
