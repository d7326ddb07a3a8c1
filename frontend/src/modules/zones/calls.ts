/** Every call of the editor of zones. */
import { body, client } from '@/api/client'
import type { WriteOptions } from '@/api/endpoints'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type CameraDetail = Schemas['CameraDetail']
export type ZoneRow = Schemas['ZoneRow']
export type MaskRow = Schemas['MaskRow']
export type Algorithm = Schemas['AlgorithmShape']
export type Parameter = Schemas['ParameterShape']
export type Preview = Schemas['CameraPreview']
export type PreviewZone = Schemas['CameraPreviewZone']
export type PreviewBox = Schemas['CameraPreviewBox']
export type Schedule = Schemas['ScheduleShape']
export type ZoneBody = Schemas['NewZone']
export type MaskBody = Schemas['NewMask']

/** Asked by the page itself and by no person: it must not keep a forgotten session alive. */
const BY_ITSELF = { 'X-User-Input': '0' }
const headers = ({ idempotencyKey }: WriteOptions): Record<string, string> => (idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {})

export const fetchCamera = (id: number): Promise<CameraDetail> => body(client.GET('/api/v1/cameras/{camera_id}', { params: { path: { camera_id: id } } }))
export const fetchAlgorithms = (): Promise<{ items: Algorithm[] }> => body(client.GET('/api/v1/algorithms'))
export const fetchPreview = (id: number, signal: AbortSignal): Promise<Preview> =>
  body(client.GET('/api/v1/cameras/{camera_id}/preview', { params: { path: { camera_id: id } }, headers: BY_ITSELF, signal }))

export const createZone = (camera: number, content: ZoneBody, options: WriteOptions): Promise<ZoneRow> =>
  body(client.POST('/api/v1/cameras/{camera_id}/zones', { params: { path: { camera_id: camera } }, body: content, headers: headers(options) }))
export const editZone = (id: number, version: number, content: ZoneBody, options: WriteOptions): Promise<ZoneRow> =>
  body(client.PATCH('/api/v1/zones/{zone_id}', { params: { path: { zone_id: id } }, body: { ...content, version }, headers: headers(options) }))
export const removeZone = (id: number): Promise<void> => body(client.DELETE('/api/v1/zones/{zone_id}', { params: { path: { zone_id: id } } }))
export const createMask = (camera: number, content: MaskBody, options: WriteOptions): Promise<MaskRow> =>
  body(client.POST('/api/v1/cameras/{camera_id}/masks', { params: { path: { camera_id: camera } }, body: content, headers: headers(options) }))
export const editMask = (id: number, version: number, content: MaskBody, options: WriteOptions): Promise<MaskRow> =>
  body(client.PATCH('/api/v1/masks/{mask_id}', { params: { path: { mask_id: id } }, body: { ...content, version }, headers: headers(options) }))
export const removeMask = (id: number): Promise<void> => body(client.DELETE('/api/v1/masks/{mask_id}', { params: { path: { mask_id: id } } }))
