/** Every call of the page that sets up cameras. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type CameraRow = Schemas['CameraRow']
export type CameraDetail = Schemas['CameraDetail']
export type CameraPage = Schemas['CameraPage']
export type NewCamera = Schemas['NewCamera']
export type Changes = Schemas['PatchedCameraChanges']
export type Reason = Schemas['ReasonShape']
export type Group = Schemas['GroupRow']
export type Gateway = Schemas['GatewayRow']
export type Device = Schemas['DeviceRow']
export type Channel = Schemas['ChannelRow']
export type FoundCamera = Schemas['FoundCamera']
export type FoundStream = Schemas['FoundStream']
export type NearCamera = Schemas['NearCamera']
export type SheetPreview = Schemas['SheetPreview']
export type SheetCounts = Schemas['SheetCounts']
export type VideoLoad = Schemas['VideoLoad']
export type CameraLoad = Schemas['ShownCameraFigures']
export type SourceKind = NonNullable<NewCamera['source_kind']>
export interface Pair { x: number; y: number; lng: number; lat: number }

export const SOURCE_KINDS = ['police', 'urban_management', 'property', 'school', 'market', 'site', 'traffic', 'water', 'forest', 'other'] as const
export const STATES = ['well', 'failing', 'unassigned', 'disabled'] as const
export interface Filter { q: string; group: number | null; source_kind: SourceKind | ''; state: (typeof STATES)[number] | '' }

/** What of the filter is asked: empty fields are left out. */
export const asked = (filter: Filter) => ({
  ...(filter.q.trim() ? { q: filter.q.trim() } : {}),
  ...(filter.group === null ? {} : { group: filter.group }),
  ...(filter.source_kind ? { source_kind: filter.source_kind } : {}),
  ...(filter.state ? { state: filter.state } : {}),
})

const of = (camera_id: number) => ({ params: { path: { camera_id } } })
const ofGateway = (gateway_id: number) => ({ params: { path: { gateway_id } } })

export const fetchCameras = (filter: Filter, cursor?: string): Promise<CameraPage> =>
  body(client.GET('/api/v1/cameras', { params: { query: { ...asked(filter), ...(cursor ? { cursor } : {}) } } }))
export const fetchCamera = (id: number): Promise<CameraDetail> => body(client.GET('/api/v1/cameras/{camera_id}', of(id)))
export const createCamera = (camera: NewCamera): Promise<CameraDetail> => body(client.POST('/api/v1/cameras', { body: camera }))
export const editCamera = (id: number, changes: Changes): Promise<CameraDetail> => body(client.PATCH('/api/v1/cameras/{camera_id}', { ...of(id), body: changes }))
export const removeCamera = (id: number): Promise<void> => body(client.DELETE('/api/v1/cameras/{camera_id}', of(id)))
export const acceptView = (id: number): Promise<CameraDetail> => body(client.POST('/api/v1/cameras/{camera_id}/accept-view', of(id)))
export const fetchLoad = (): Promise<VideoLoad> => body(client.GET('/api/v1/video/load'))
export const fetchReasons = (): Promise<{ items: Reason[] }> => body(client.GET('/api/v1/cameras/reasons'))

export const fetchGroups = (): Promise<{ items: Group[]; may_edit: boolean }> => body(client.GET('/api/v1/camera-groups'))
export const createGroup = (name: string): Promise<Group> => body(client.POST('/api/v1/camera-groups', { body: { name } }))
export const renameGroup = (group_id: number, name: string): Promise<Group> =>
  body(client.PATCH('/api/v1/camera-groups/{group_id}', { params: { path: { group_id } }, body: { name } }))
export const removeGroup = (group_id: number): Promise<void> => body(client.DELETE('/api/v1/camera-groups/{group_id}', { params: { path: { group_id } } }))

export const fetchGateways = (): Promise<{ items: Gateway[]; kinds: Record<string, string> }> => body(client.GET('/api/v1/camera-gateways'))
export const createGateway = (gateway: Schemas['Gateway']): Promise<Gateway> => body(client.POST('/api/v1/camera-gateways', { body: gateway }))
export const editGateway = (id: number, changes: Schemas['PatchedGatewayChanges']): Promise<Gateway> =>
  body(client.PATCH('/api/v1/camera-gateways/{gateway_id}', { ...ofGateway(id), body: changes }))
export const removeGateway = (id: number): Promise<void> => body(client.DELETE('/api/v1/camera-gateways/{gateway_id}', ofGateway(id)))
export const fetchDevices = (id: number): Promise<{ items: Device[] }> => body(client.GET('/api/v1/camera-gateways/{gateway_id}/devices', ofGateway(id)))
export const fetchChannels = (gateway_id: number, device: string): Promise<{ items: Channel[] }> =>
  body(client.GET('/api/v1/camera-gateways/{gateway_id}/channels', { params: { path: { gateway_id }, query: { device } } }))

export const discover = (seconds: number): Promise<{ items: FoundCamera[]; seconds: number }> => body(client.POST('/api/v1/cameras/discovery', { body: { seconds } }))
export const fetchStreams = (service: string, user: string, password: string): Promise<{ items: FoundStream[] }> =>
  body(client.POST('/api/v1/cameras/discovery/streams', { body: { service, user, password } }))

export const calibrate = (camera_id: number, version: number, pairs: Pair[]): Promise<Schemas['Calibrated']> =>
  body(client.PUT('/api/v1/cameras/{camera_id}/calibration', { ...of(camera_id), body: { version, pairs } }))
export const fetchGround = (camera_id: number, x: number, y: number): Promise<Schemas['GroundPoint']> =>
  body(client.GET('/api/v1/cameras/{camera_id}/ground', { params: { path: { camera_id }, query: { x, y } } }))

export const fetchWorkbook = (filter: Filter): Promise<Blob> => body(client.GET('/api/v1/cameras/export.xlsx', { params: { query: asked(filter) }, parseAs: 'blob' }))
export const fetchTemplate = (): Promise<Blob> => body(client.GET('/api/v1/cameras/template.xlsx', { parseAs: 'blob' }))

function formOf(file: File, more: Record<string, string> = {}): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  for (const [name, value] of Object.entries(more)) form.append(name, value)
  return form
}
export const previewImport = (file: File): Promise<SheetPreview> =>
  body(client.POST('/api/v1/cameras/import/preview', { body: { file: '' }, bodySerializer: () => formOf(file) }))
export const applyImport = (file: File, fingerprint: string): Promise<{ counts: SheetCounts }> =>
  body(client.POST('/api/v1/cameras/import', { body: { file: '', fingerprint }, bodySerializer: () => formOf(file, { fingerprint }) }))
