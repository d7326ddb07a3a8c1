/** Every call of the video page, and what the process that passes pictures on answers. */
import { body, client } from '@/api/client'
import type { components, paths } from '@/api/schema'

type Schemas = components['schemas']
export type TileCamera = Schemas['TileCamera']
export type TileCameras = Schemas['TileCameraList']
export type TreeNode = Schemas['TreeNode']
export type CameraTree = Schemas['CameraTree']
export type Leave = Schemas['OpenViewing']
export type Preset = Schemas['PresetRow']
export type LayoutName = Preset['layout']
export type ViewingRow = Schemas['ViewingRow']
export type ViewingPage = Schemas['ViewingPage']
export type NearCamera = Schemas['NearCamera']
export type Way = ViewingRow['way']

/** Said by the page itself and by no person: it must not keep a forgotten session alive. */
const BY_ITSELF = { 'X-User-Input': '0' }

export type CamerasAsked = NonNullable<paths['/api/v1/video/cameras']['get']['parameters']['query']>
export const fetchTiles = (query: CamerasAsked, signal?: AbortSignal): Promise<TileCameras> => body(client.GET('/api/v1/video/cameras', { params: { query }, ...(signal ? { signal } : {}) }))
/** The low cameras at a point of a high camera's picture, nearest first. */
export const fetchGround = (camera_id: number, x: number, y: number): Promise<{ items: NearCamera[] }> =>
  body(client.GET('/api/v1/cameras/{camera_id}/ground', { params: { path: { camera_id }, query: { x, y } } }))
export const fetchTree = (): Promise<CameraTree> => body(client.GET('/api/v1/video/tree'))

export const openViewing = (camera: number, asked: { purpose?: string; event_id?: number | null; way?: Way }): Promise<Leave> =>
  body(client.POST('/api/v1/cameras/{camera_id}/viewings', { params: { path: { camera_id: camera } }, body: asked, headers: BY_ITSELF }))
export const keepViewing = (viewing: number, way: Way): Promise<Leave> =>
  body(client.POST('/api/v1/viewings/{viewing_id}/keep', { params: { path: { viewing_id: viewing } }, body: { way }, headers: BY_ITSELF }))
/** Gets through even while the page is being closed. */
export const closeViewing = (viewing: number): Promise<void> =>
  body(client.DELETE('/api/v1/viewings/{viewing_id}', { params: { path: { viewing_id: viewing } }, headers: BY_ITSELF, keepalive: true }))
export const fetchViewings = (asked: { q?: string; cursor?: string }): Promise<ViewingPage> =>
  body(client.GET('/api/v1/viewings', { params: { query: asked } }))

// --- turning; said by a person's hand
export type HeadView = Schemas['HeadView']
export interface Motion { pan?: number; tilt?: number; zoom?: number }
export const turnHead = (camera_id: number, motion: Motion): Promise<Schemas['Turning']> => body(client.POST('/api/v1/cameras/{camera_id}/turn', { params: { path: { camera_id } }, body: { pan: 0, tilt: 0, zoom: 0, ...motion } }))
export const stopHead = (camera_id: number): Promise<Schemas['Turning']> => body(client.POST('/api/v1/cameras/{camera_id}/turn/stop', { params: { path: { camera_id } }, keepalive: true }))
export const fetchHeadViews = (camera_id: number): Promise<Schemas['HeadViews']> => body(client.GET('/api/v1/cameras/{camera_id}/head-presets', { params: { path: { camera_id } } }))
export const saveHeadView = (camera_id: number, name: string): Promise<HeadView> => body(client.POST('/api/v1/cameras/{camera_id}/head-presets', { params: { path: { camera_id } }, body: { name } }))
export const goToHeadView = (camera_id: number, preset: string): Promise<Schemas['Turning']> => body(client.POST('/api/v1/cameras/{camera_id}/head-presets/go', { params: { path: { camera_id } }, body: { preset } }))

export const fetchPresets = (): Promise<{ items: Preset[] }> => body(client.GET('/api/v1/video/presets'))
export interface PresetContent { name: string; layout: LayoutName; cameras: (number | null)[] }
export const savePreset = (content: PresetContent): Promise<Preset> => body(client.POST('/api/v1/video/presets', { body: content }))
export const changePreset = (id: number, content: Partial<PresetContent>): Promise<Preset> =>
  body(client.PATCH('/api/v1/video/presets/{preset_id}', { params: { path: { preset_id: id } }, body: content }))
export const dropPreset = (id: number): Promise<void> => body(client.DELETE('/api/v1/video/presets/{preset_id}', { params: { path: { preset_id: id } } }))

// --- pictures themselves, by ticket

/** How the passing on of a camera is doing. */
export interface Passing { state: 'connecting' | 'live' | 'lost'; since: string; tries: number; codec: string; is_playable: boolean; is_masked?: boolean }
export type Asked = { ok: true; passing: Passing } | { ok: false; status: number; code: string }
export const TICKET_HEADER = 'X-Watch-Ticket'

async function codeOf(answer: Response): Promise<string> {
  try {
    return String(((await answer.json()) as { code?: unknown }).code ?? '')
  } catch {
    return ''
  }
}

export async function askPassing(leave: Leave, signal?: AbortSignal): Promise<Asked> {
  try {
    const answer = await fetch(`${leave.base}/state`, { headers: { [TICKET_HEADER]: leave.ticket }, ...(signal ? { signal } : {}) })
    if (!answer.ok) return { ok: false, status: answer.status, code: await codeOf(answer) }
    return { ok: true, passing: (await answer.json()) as Passing }
  } catch {
    return { ok: false, status: 0, code: 'network' }
  }
}

/** The next still, or null when there is none now. */
export async function fetchStill(leave: Leave, signal?: AbortSignal): Promise<Blob | null> {
  try {
    const answer = await fetch(`${leave.base}/picture.jpg`, { headers: { [TICKET_HEADER]: leave.ticket }, ...(signal ? { signal } : {}) })
    return answer.ok ? await answer.blob() : null
  } catch {
    return null
  }
}
