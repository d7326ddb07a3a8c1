/** Every call about exports. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'
import { newIdempotencyKey } from '@/api/transport'

type Schemas = components['schemas']
export type ExportRow = Schemas['ExportRow']
export type ExportList = Schemas['ExportList']
export type ExportKind = ExportRow['kind']
export type ExportFormat = ExportRow['format']
export type Filters = Record<string, string | boolean>

const headers = (): Record<string, string> => ({ 'Idempotency-Key': newIdempotencyKey() })

export const fetchExports = (): Promise<ExportList> => body(client.GET('/api/v1/exports'))
export const askExport = (kind: ExportKind, format: ExportFormat, filters: Filters): Promise<ExportRow> =>
  body(client.POST('/api/v1/exports', { body: { kind, format, filters }, headers: headers() }))
export const cancelExport = (id: number): Promise<ExportRow> => body(client.POST('/api/v1/exports/{export_id}/cancel', { params: { path: { export_id: id } }, headers: headers() }))
export const fileOf = (id: number): string => `/api/v1/exports/${id}/file`
