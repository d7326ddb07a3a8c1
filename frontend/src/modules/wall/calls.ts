/** Every call of walls, their remote controls, their scenes and the overview. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'
import type { SceneShape, WallRow, WallSnapshot, WallState } from '@/api/types'

type Schemas = components['schemas']
export type NearOne = Schemas['WallNearOne']
export type Muster = Schemas['MusterList']
export type Behind = Schemas['Behind']
export type BehindEvent = Schemas['BehindEvent']
export type Overview = Omit<Schemas['Overview'], 'snapshot'> & { snapshot: WallSnapshot }
export type OverviewChild = Schemas['OverviewChild']
export type ScreenSession = Schemas['ScreenSession']
export type PairingShown = Schemas['PairingShown']
export type WallDetail = Omit<Schemas['WallDetail'], 'wall'> & { wall: WallRow }
export type WallList = Omit<Schemas['WallList'], 'items'> & { items: WallRow[] }
export type Command = Schemas['CommandInput']
export type WallSettings = Omit<Schemas['PatchedWallSettingsInput'], 'version'>
export type SceneBook = Omit<Schemas['SceneBook'], 'items'> & { items: SceneShape[] }
export type SceneVersion = Schemas['SceneVersion']
export type ScenePanel = Schemas['ScenePanel']
export type SceneFault = Schemas['SceneFault']
export type SceneInput = Schemas['SceneInput']
export type FootingBook = Schemas['FootingBook']

export const askForCode = (): Promise<PairingShown> => body(client.POST('/api/v1/public/walls/pairings'))
export const askForSession = (): Promise<ScreenSession> => body(client.POST('/api/v1/public/walls/session'))

export const fetchState = (scene?: string): Promise<WallState> => body(client.GET('/api/v1/wall/state', { params: { query: scene ? { scene } : {} } }))
export const saySeen = (said: Schemas['ScreenInput']): Promise<void> => body(client.POST('/api/v1/wall/seen', { body: said }))
export const fetchNear = (lng: number, lat: number): Promise<{ items: NearOne[] }> => body(client.GET('/api/v1/wall/near', { params: { query: { lng, lat } } }))
export const fetchMuster = (): Promise<Muster> => body(client.GET('/api/v1/wall/muster'))
export const fetchBehind = (figure: string, key = '', area?: string): Promise<Behind> =>
  body(client.GET('/api/v1/wall/behind', { params: { query: { figure, ...(key ? { key } : {}), ...(area ? { area } : {}) } } }))
export const fetchOverview = (area?: string): Promise<Overview> => body(client.GET('/api/v1/wall/overview', { params: { query: area ? { area } : {} } }))

export const fetchWalls = (): Promise<WallList> => body(client.GET('/api/v1/walls'))
export const fetchWall = (id: number): Promise<WallDetail> => body(client.GET('/api/v1/walls/{wall_id}', { params: { path: { wall_id: id } } }))
export const pairWall = (code: string, name: string, areaPath: string): Promise<WallDetail> =>
  body(client.POST('/api/v1/walls/pair', { body: { code, name, area_path: areaPath } }))
export const setWall = (id: number, version: number, values: WallSettings): Promise<WallDetail> =>
  body(client.PATCH('/api/v1/walls/{wall_id}', { params: { path: { wall_id: id } }, body: { version, ...values } }))
export const revokeWall = (id: number, version: number): Promise<WallDetail> =>
  body(client.POST('/api/v1/walls/{wall_id}/revoke', { params: { path: { wall_id: id } }, body: { version } }))
export const commandWall = (id: number, command: Command): Promise<WallDetail> =>
  body(client.POST('/api/v1/walls/{wall_id}/command', { params: { path: { wall_id: id } }, body: command }))

export const fetchScenes = (): Promise<SceneBook> => body(client.GET('/api/v1/scenes'))
export const setScene = (code: string, input: SceneInput): Promise<SceneBook> => body(client.PUT('/api/v1/scenes/{code}', { params: { path: { code } }, body: input }))
export const checkLayout = (layout: SceneInput['layout']): Promise<{ faults: SceneFault[] }> => body(client.POST('/api/v1/scenes/check', { body: { layout } }))
export const removeScene = (code: string, version: number): Promise<void> =>
  body(client.DELETE('/api/v1/scenes/{code}', { params: { path: { code }, query: { version } } }))
export const fetchVersions = (code: string): Promise<{ items: SceneVersion[] }> => body(client.GET('/api/v1/scenes/{code}/versions', { params: { path: { code } } }))

export const fetchFooting = (): Promise<FootingBook> => body(client.GET('/api/v1/footing'))
type At = { version: number; area_path: string }
export const askFooting = (at: At, plan = ''): Promise<FootingBook> => body(client.POST('/api/v1/footing/ask', { body: { ...at, plan } }))
export const confirmFooting = (at: At): Promise<FootingBook> => body(client.POST('/api/v1/footing/confirm', { body: at }))
export const refuseFooting = (at: At): Promise<FootingBook> => body(client.POST('/api/v1/footing/refuse', { body: at }))
export const tickFooting = (at: At, code: string, done: boolean): Promise<FootingBook> => body(client.POST('/api/v1/footing/tick', { body: { ...at, code, done } }))
