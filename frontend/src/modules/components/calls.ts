/** Every call of the register of components. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type ComponentRow = Schemas['ComponentRow']
export type ComponentDetail = Schemas['ComponentDetail']
export type NearComponent = Schemas['NearComponent']
export type ComponentPage = Schemas['ComponentList']
export type ComponentType = Schemas['ComponentTypeRow']
export type HistoryRow = Schemas['ComponentHistoryRow']
export type ImportRow = Schemas['ComponentImportRow']
export type NewComponent = Schemas['ComponentCreateInput']
export type Changes = Schemas['ComponentEditInput']

export const STATES = ['intact', 'damaged', 'lost', 'abandoned', 'removed'] as const
export const DATUMS = ['cgcs2000', 'wgs84', 'gcj02', 'bd09'] as const
export type State = (typeof STATES)[number]
export interface Filter { text: string; main_class: string; type_code: string; state: State | ''; area_path: string; due: boolean }
export const emptyFilter = (): Filter => ({ text: '', main_class: '', type_code: '', state: '', area_path: '', due: false })

/** What of the filter is asked: empty fields are left out. */
export const asked = (filter: Filter) => ({
  ...(filter.text.trim() ? { text: filter.text.trim() } : {}),
  ...(filter.main_class && !filter.type_code ? { main_class: filter.main_class } : {}),
  ...(filter.type_code ? { type_code: filter.type_code } : {}),
  ...(filter.state ? { state: filter.state } : {}),
  ...(filter.area_path ? { area_path: filter.area_path } : {}),
})

const of = (component_id: number) => ({ params: { path: { component_id } } })
const ofImport = (import_id: number) => ({ params: { path: { import_id } } })

export function fetchComponents(filter: Filter, cursor?: string): Promise<ComponentPage> {
  const more = cursor ? { cursor } : {}
  if (filter.due) return body(client.GET('/api/v1/components/due', { params: { query: { ...(filter.area_path ? { area_path: filter.area_path } : {}), ...more } } }))
  return body(client.GET('/api/v1/components', { params: { query: { ...asked(filter), ...more } } }))
}
export const fetchTypes = (): Promise<Schemas['ComponentTypeList']> => body(client.GET('/api/v1/components/types'))
export const fetchComponent = (id: number): Promise<ComponentDetail> => body(client.GET('/api/v1/components/{component_id}', of(id)))
export const fetchHistory = (id: number): Promise<{ items: HistoryRow[] }> => body(client.GET('/api/v1/components/{component_id}/history', of(id)))
export const fetchEventsOf = (id: number): Promise<Schemas['EventPage']> => body(client.GET('/api/v1/components/{component_id}/events', of(id)))
export const fetchNear = (lng: number, lat: number, metres: number, type_code: string, signal: AbortSignal): Promise<Schemas['NearComponents']> =>
  body(client.GET('/api/v1/components/near', { params: { query: { lng, lat, metres, type_code } }, signal }))
export const registerComponent = (component: NewComponent): Promise<ComponentDetail> => body(client.POST('/api/v1/components', { body: component }))
export const editComponent = (id: number, changes: Changes): Promise<ComponentDetail> => body(client.PUT('/api/v1/components/{component_id}', { ...of(id), body: changes }))
export const relocateComponent = (id: number, version: number, lng: number, lat: number, note: string): Promise<ComponentDetail> =>
  body(client.POST('/api/v1/components/{component_id}/relocate', { ...of(id), body: { version, lng, lat, note } }))
export const changeState = (id: number, version: number, move: Schemas['ComponentStateInput']['move'], note: string): Promise<ComponentDetail> =>
  body(client.POST('/api/v1/components/{component_id}/state', { ...of(id), body: { version, move, note } }))

export const fetchImports = (): Promise<Schemas['ComponentImportList']> => body(client.GET('/api/v1/components/imports'))
export const fetchImport = (id: number): Promise<ImportRow> => body(client.GET('/api/v1/components/imports/{import_id}', ofImport(id)))
export const startImport = (id: number, version: number): Promise<ImportRow> =>
  body(client.POST('/api/v1/components/imports/{import_id}/start', { ...ofImport(id), body: { version } }))
export const cancelImport = (id: number): Promise<ImportRow> => body(client.POST('/api/v1/components/imports/{import_id}/cancel', ofImport(id)))
export const faultsOf = (id: number): string => `/api/v1/components/imports/${id}/faults`
export function bringFile(file: File, datum: (typeof DATUMS)[number]): Promise<ImportRow> {
  const form = new FormData()
  form.append('file', file, file.name)
  form.append('datum', datum)
  return body(client.POST('/api/v1/components/imports', { body: { file: '', datum }, bodySerializer: () => form }))
}
