/** Every call the screens make, one function each. Writes accept a key so that a retry by hand is carried out once. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { body, client } from './client'
import type {
  AlertDetail, AlertRow, AreaLevel, AreaProperties, CameraRow, EventDetail, EventRow, EventType, FieldTask, Location, OrderBox,
  OrderCounts, OrderDetail, OrderRow, OrgUnit, Page, Responder, Session, Upload, WallSnapshot,
} from './types'

export interface WriteOptions { idempotencyKey?: string }
type Query = Record<string, string | number | boolean | null | undefined>
export interface PageQuery { cursor?: string; limit?: number }

const clean = (query: Query): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
      .map(([key, value]) => [key, value === true ? 1 : (value as string | number)]),
  )

const get = <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> =>
  body<T>(client.GET(path, { params: { query: clean(query) }, signal }))

const headers = (options: WriteOptions): Record<string, string> =>
  options.idempotencyKey ? { 'Idempotency-Key': options.idempotencyKey } : {}

const post = <T>(path: string, payload: unknown, options: WriteOptions = {}): Promise<T> =>
  body<T>(client.POST(path, { body: payload, headers: headers(options) }))

// --- session
export const fetchSession = (): Promise<Session> => get('/session')
export const openSession = (username: string, password: string): Promise<Session> => post('/session', { username, password })
export const endSession = (): Promise<void> => body(client.DELETE('/session', {}))

// --- places
export type AreaOutlines = FeatureCollection<Polygon | MultiPolygon, AreaProperties>
export const fetchAreaOutlines = (level: AreaLevel, under?: string): Promise<AreaOutlines> => get('/areas/geojson', { level, under })
export const locate = (lng: number, lat: number): Promise<Location> => get('/areas/locate', { lng, lat })
export const fetchUnits = (query: { kind?: string } & PageQuery = {}): Promise<Page<OrgUnit>> => get('/units', { ...query })

// --- catalogue
export const fetchEventTypes = (): Promise<{ items: EventType[] }> => get('/event-types')

// --- evidence
export const uploadPhoto = (file: Blob, name: string, options: WriteOptions = {}): Promise<Upload> => {
  const form = new FormData()
  form.append('file', file, name)
  return body<Upload>(client.POST('/uploads', { body: form, bodySerializer: (raw: FormData) => raw, headers: headers(options) }))
}

// --- alerts
export const fetchAlerts = (query: { state?: string; area?: string } & PageQuery = {}, signal?: AbortSignal): Promise<Page<AlertRow>> =>
  get('/alerts', { ...query }, signal)
export const fetchAlert = (id: number): Promise<AlertDetail> => get(`/alerts/${id}`)
export type AlertMove = 'acknowledge' | 'confirm' | 'dismiss' | 'restore'
export const moveAlert = (id: number, move: AlertMove, payload: { version: number } & Record<string, unknown>, options?: WriteOptions): Promise<AlertDetail> =>
  post(`/alerts/${id}/${move}`, payload, options)

// --- events
export interface EventQuery extends PageQuery {
  state?: string; stage?: string; street?: string; q?: string; order?: 'due' | 'newest'; mine?: boolean; open?: boolean
}
export const fetchEvents = (query: EventQuery = {}, signal?: AbortSignal): Promise<Page<EventRow>> => get('/events', { ...query }, signal)
export const fetchEvent = (id: number): Promise<EventDetail> => get(`/events/${id}`)
export interface NewEvent {
  type_code: string; description: string; lng: number; lat: number; address?: string; level?: number; attachment_ids?: number[]; source?: string
}
export const reportEvent = (payload: NewEvent, options?: WriteOptions): Promise<EventDetail> => post('/events', payload, options)
export const moveEvent = (id: number, move: string, payload: { version: number } & Record<string, unknown>, options?: WriteOptions): Promise<EventDetail> =>
  post(`/events/${id}/moves/${move}`, payload, options)

// --- work orders
export const fetchOrders = (query: { state?: string; box?: OrderBox } & PageQuery = {}, signal?: AbortSignal): Promise<Page<OrderRow>> =>
  get('/orders', { ...query }, signal)
export const fetchOrder = (id: number): Promise<OrderDetail> => get(`/orders/${id}`)
export const fetchOrderCounts = (): Promise<OrderCounts> => get('/orders/counts')
export const moveOrder = (id: number, move: string, payload: { version: number } & Record<string, unknown>, options?: WriteOptions): Promise<OrderDetail> =>
  post(`/orders/${id}/moves/${move}`, payload, options)

// --- field tasks and responders
export const fetchTasks = (query: { state?: 'open' | 'ended'; lng?: number; lat?: number } & PageQuery = {}, signal?: AbortSignal): Promise<Page<FieldTask>> =>
  get('/tasks', { ...query }, signal)
export const fetchTask = (id: number): Promise<FieldTask> => get(`/tasks/${id}`)
export const moveTask = (id: number, move: string, payload: { version: number } & Record<string, unknown>, options?: WriteOptions): Promise<FieldTask> =>
  post(`/tasks/${id}/moves/${move}`, payload, options)
export const fetchRespondersNear = (lng: number, lat: number, limit = 12): Promise<{ items: Responder[] }> =>
  get('/responders/near', { lng, lat, limit })
export const sendPosition = (payload: { lng: number; lat: number; accuracy_m: number; at: string }): Promise<void> =>
  post('/positions', payload)

// --- cameras
export const fetchCameras = (query: PageQuery = {}): Promise<Page<CameraRow>> => get('/cameras', { ...query })

// --- wall
export const fetchWallSnapshot = (area?: string, signal?: AbortSignal): Promise<WallSnapshot> => get('/wall/snapshot', { area }, signal)
