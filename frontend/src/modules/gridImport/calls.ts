/** Every call of the page that imports official boundaries. */
import type { FeatureCollection } from 'geojson'
import { body, client } from '@/api/client'
import { ApiError, type Problem } from '@/api/errors'
import type { components } from '@/api/schema'
import { csrfToken } from '@/api/transport'
import type { AreaLevel } from '@/api/types'

type Schemas = components['schemas']
export type ImportDetail = Schemas['BoundaryImportDetail']
export type ImportRow = Schemas['BoundaryImportRow']
export type ImportLayer = Schemas['BoundaryImportLayer']
export type ImportPlacings = Schemas['BoundaryImportPlacings']
export type PlacingOffset = Schemas['PlacingOffset']
export type ImportRows = Schemas['BoundaryImportRows']
export type MatchedRow = Schemas['BoundaryMatchedRow']
export type ImportFilled = Schemas['BoundaryImportFilled']
export type AreaRow = Schemas['AreaRow']
export type Datum = PlacingOffset['datum']

export interface Placing { projection: string; datum: Datum; swapped: boolean }
export interface Choices extends Placing { layer: string; name_field: string; code_field: string }
export type Decision = Partial<Pick<MatchedRow, 'name' | 'code' | 'taken' | 'repaired'>>

export const DATUMS = ['cgcs2000', 'wgs84', 'gcj02', 'bd09'] as const
export const LEVELS = ['street', 'community', 'grid', 'micro_grid'] as const satisfies readonly AreaLevel[]

/** The server still reads the file, or could not. */
export const isUnread = (one: Pick<ImportRow, 'state'>): boolean => ['received', 'reading', 'refused'].includes(one.state)
/** How often to ask again, in milliseconds; never for what is read or refused. */
export const againIn = (one: Pick<ImportRow, 'state'> | undefined): number | false => (one?.state === 'received' || one?.state === 'reading' ? 1000 : false)

const of = (import_id: number) => ({ params: { path: { import_id } } })

export const fetchAreas = (level: AreaLevel): Promise<Schemas['AreaPage']> => body(client.GET('/api/v1/areas', { params: { query: { level, limit: 200 } } }))
export const fetchImports = (): Promise<Schemas['BoundaryImportPage']> => body(client.GET('/api/v1/boundary-imports', { params: { query: { limit: 10 } } }))
export const fetchImport = (id: number): Promise<ImportDetail> => body(client.GET('/api/v1/boundary-imports/{import_id}', of(id)))
export const fetchPlacings = (import_id: number, layer: string): Promise<ImportPlacings> =>
  body(client.GET('/api/v1/boundary-imports/{import_id}/placing', { params: { path: { import_id }, query: { layer } } }))
export const fetchPreview = (import_id: number, layer: string, placing: Placing): Promise<FeatureCollection> =>
  body(client.GET('/api/v1/boundary-imports/{import_id}/preview', { params: { path: { import_id }, query: { layer, ...placing } } }))
export const place = (id: number, version: number, choices: Choices): Promise<ImportDetail> =>
  body(client.PUT('/api/v1/boundary-imports/{import_id}/placing', { ...of(id), body: { version, ...choices } }))
export const fetchRows = (id: number): Promise<ImportRows> => body(client.GET('/api/v1/boundary-imports/{import_id}/rows', of(id)))
export const decide = (import_id: number, version: number, number: number, decision: Decision): Promise<ImportRows> =>
  body(client.PATCH('/api/v1/boundary-imports/{import_id}/rows/{number}', { params: { path: { import_id, number } }, body: { version, ...decision } }))
export const agreeToRepairs = (id: number, version: number): Promise<ImportRows> =>
  body(client.POST('/api/v1/boundary-imports/{import_id}/repairs', { ...of(id), body: { version } }))
export const makeDraft = (id: number, version: number, title: string, close_missing: boolean): Promise<ImportFilled> =>
  body(client.POST('/api/v1/boundary-imports/{import_id}/draft', { ...of(id), body: { version, title, close_missing } }))
export const dropImport = (import_id: number, version: number): Promise<void> =>
  body(client.DELETE('/api/v1/boundary-imports/{import_id}', { params: { path: { import_id }, query: { version } } }))

/** The file goes as it is, and how far it is gone is told; only the older request of browsers knows that. */
export function sendFile(file: File, root_path: string, level: AreaLevel, language: string, progress: (share: number) => void): Promise<ImportDetail> {
  const query = new URLSearchParams({ root_path, level, file_name: file.name })
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/boundary-imports?${query}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.setRequestHeader('Accept-Language', language)
    request.responseType = 'json'
    request.upload.addEventListener('progress', (told) => progress(told.lengthComputable ? told.loaded / told.total : 0))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response as ImportDetail)
      else reject(new ApiError(request.status, (request.response ?? {}) as Problem))
    })
    request.addEventListener('error', () => reject(new ApiError(0, { code: 'network' })))
    request.send(file)
  })
}
