/** Every call the screens make, one function each. Writes accept a key so that a retry by hand is carried out once. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { body, client } from './client'
import type { paths } from './schema'
import type {
  AlertDetail, AlertRow, AreaLevel, AreaProperties, CallMade, CameraRow, EventDetail, EventRow, EventType, FieldTask, FieldTaskDetail, Location,
  NewEvent, OrderCounts, OrderDetail, OrderRow, OrgUnit, Page, Presence, Reminder, ReplyTemplate, ReportedEvent, RequestDetail, RequestRow,
  Responder, SavedView, Session, SharedView, Similar, Upload, ViewPage, WallSnapshot,
} from './types'

export type { NewEvent } from './types'
/** `keepalive`: the request goes on though the page is being closed. */
export interface WriteOptions { idempotencyKey?: string; keepalive?: boolean }
export interface Versioned { version: number; [field: string]: unknown }

type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Asked } } } ? NonNullable<Asked> : never

/** What is not asked for is left out of the address. */
function asked<T extends object>(query: T): T {
  const entries = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
  return Object.fromEntries(entries) as T
}

const headers = (options: WriteOptions = {}): Record<string, string> =>
  options.idempotencyKey ? { 'Idempotency-Key': options.idempotencyKey } : {}

// --- session
export const fetchSession = (): Promise<Session> => body(client.GET('/api/v1/session'))
export const openSession = (username: string, password: string): Promise<Session> =>
  body(client.POST('/api/v1/session', { body: { username, password } }))
export const endSession = (): Promise<void> => body(client.DELETE('/api/v1/session'))

// --- places
export type AreaOutlines = FeatureCollection<Polygon | MultiPolygon, AreaProperties>
export const fetchAreaOutlines = (level: AreaLevel, under?: string): Promise<AreaOutlines> =>
  body(client.GET('/api/v1/areas/geojson', { params: { query: asked({ level, under }) } }))
export const locate = (lng: number, lat: number): Promise<Location> =>
  body(client.GET('/api/v1/areas/locate', { params: { query: { lng, lat } } }))
export const fetchUnits = (query: Query<'/api/v1/units'> = {}): Promise<Page<OrgUnit>> =>
  body(client.GET('/api/v1/units', { params: { query: asked(query) } }))

// --- catalogue
export const fetchEventTypes = (): Promise<{ items: EventType[] }> => body(client.GET('/api/v1/event-types'))

export const fetchReplyTemplates = (): Promise<{ items: ReplyTemplate[] }> => body(client.GET('/api/v1/reply-templates'))

// --- evidence
export const uploadPhoto = (file: Blob, name: string, options: WriteOptions = {}): Promise<Upload> => {
  const form = new FormData()
  form.append('file', file, name)
  return body(client.POST('/api/v1/uploads', { body: { file: '' }, bodySerializer: () => form, headers: headers(options) }))
}

// --- alerts
export type AlertQuery = Query<'/api/v1/alerts'>
export const fetchAlerts = (query: AlertQuery = {}, signal?: AbortSignal): Promise<Page<AlertRow>> =>
  body(client.GET('/api/v1/alerts', { params: { query: asked(query) }, signal }))
export const fetchAlert = (id: number): Promise<AlertDetail> => body(client.GET('/api/v1/alerts/{alert_id}', { params: { path: { alert_id: id } } }))
export type AlertMove = 'acknowledge' | 'confirm' | 'dismiss' | 'restore' | 'shelve' | 'unshelve' | 'take_out'
export const moveAlert = (id: number, move: AlertMove, payload: Versioned, options?: WriteOptions): Promise<AlertDetail> =>
  body(client.POST(`/api/v1/alerts/{alert_id}/${move}` as '/api/v1/alerts/{alert_id}/acknowledge', {
    params: { path: { alert_id: id } }, body: payload, headers: headers(options),
  }))

// --- events
export type EventQuery = Query<'/api/v1/events'>
export const fetchEvents = (query: EventQuery = {}, signal?: AbortSignal): Promise<Page<EventRow>> =>
  body(client.GET('/api/v1/events', { params: { query: asked(query) }, signal }))
export const fetchEvent = (id: number): Promise<EventDetail> => body(client.GET('/api/v1/events/{event_id}', { params: { path: { event_id: id } } }))
export const reportEvent = (payload: NewEvent, options?: WriteOptions): Promise<ReportedEvent> =>
  body(client.POST('/api/v1/events', { body: payload, headers: headers(options) }))
/** Open events that may be the same matter as one at this place. */
export const fetchSimilar = (query: Query<'/api/v1/events/similar'>): Promise<{ items: Similar[] }> =>
  body(client.GET('/api/v1/events/similar', { params: { query } }))
/** Which moves there are is told by `allowed_moves`: their names are data here. */
export const moveEvent = (id: number, move: string, payload: Versioned, options?: WriteOptions): Promise<EventDetail> =>
  body(client.POST(`/api/v1/events/{event_id}/moves/${move}` as '/api/v1/events/{event_id}/moves/sign', {
    params: { path: { event_id: id } }, body: payload, headers: headers(options), keepalive: options?.keepalive ?? false,
  }))
/** 封存: what the event shows stays until it is let go on the page of keeping. */
export const holdEvent = (id: number, reason: string, options?: WriteOptions): Promise<EventDetail> =>
  body(client.POST('/api/v1/events/{event_id}/hold', { params: { path: { event_id: id } }, body: { reason }, headers: headers(options) }))

/** Each point carries the version that was seen of it; the event's own is not asked. */
export const markPoints = (id: number, points: { number: number; finding: '' | 'found' | 'not_found' | 'not_applicable'; remark: string; version: number }[], options?: WriteOptions): Promise<EventDetail> =>
  body(client.POST('/api/v1/events/{event_id}/moves/mark_points', { params: { path: { event_id: id } }, body: { points }, headers: headers(options) }))

// --- work orders
export type OrderQuery = Query<'/api/v1/orders'>
export const fetchOrders = (query: OrderQuery = {}, signal?: AbortSignal): Promise<Page<OrderRow>> =>
  body(client.GET('/api/v1/orders', { params: { query: asked(query) }, signal }))
export const fetchOrder = (id: number): Promise<OrderDetail> => body(client.GET('/api/v1/orders/{order_id}', { params: { path: { order_id: id } } }))
export const fetchOrderCounts = (): Promise<OrderCounts> => body(client.GET('/api/v1/orders/counts'))
export const moveOrder = (id: number, move: string, payload: Versioned, options?: WriteOptions): Promise<OrderDetail> =>
  body(client.POST(`/api/v1/orders/{order_id}/moves/${move}` as '/api/v1/orders/{order_id}/moves/sign', {
    params: { path: { order_id: id } }, body: payload, headers: headers(options), keepalive: options?.keepalive ?? false,
  }))

/** Said when a department's page shows a leg: whoever sent it sees that it was delivered. */
export const tellOrderSeen = (id: number): Promise<void> => body(client.POST('/api/v1/orders/{order_id}/seen', { params: { path: { order_id: id } } }))

// --- requests and reminders
export const fetchRequests = (query: Query<'/api/v1/requests'> = {}, signal?: AbortSignal): Promise<Page<RequestRow>> =>
  body(client.GET('/api/v1/requests', { params: { query: asked(query) }, signal }))
export const fetchRequest = (id: number): Promise<RequestDetail> => body(client.GET('/api/v1/requests/{request_id}', { params: { path: { request_id: id } } }))
export type RequestMove = 'endorse' | 'grant' | 'refuse' | 'withdraw'
export const moveRequest = (id: number, move: RequestMove, payload: Versioned, options?: WriteOptions): Promise<RequestDetail> =>
  body(client.POST(`/api/v1/requests/{request_id}/moves/${move}` as '/api/v1/requests/{request_id}/moves/endorse', {
    params: { path: { request_id: id } }, body: payload, headers: headers(options),
  }))
export const fetchReminders = (query: Query<'/api/v1/reminders'> = {}): Promise<Page<Reminder>> =>
  body(client.GET('/api/v1/reminders', { params: { query: asked(query) } }))

// --- field tasks and responders
export type TaskQuery = Query<'/api/v1/tasks'>
export const fetchTasks = (query: TaskQuery = {}, signal?: AbortSignal): Promise<Page<FieldTask>> =>
  body(client.GET('/api/v1/tasks', { params: { query: asked(query) }, signal }))
export const fetchTask = (id: number): Promise<FieldTaskDetail> => body(client.GET('/api/v1/tasks/{task_id}', { params: { path: { task_id: id } } }))
export const moveTask = (id: number, move: string, payload: Versioned, options?: WriteOptions): Promise<FieldTaskDetail> =>
  body(client.POST(`/api/v1/tasks/{task_id}/moves/${move}` as '/api/v1/tasks/{task_id}/moves/accept', {
    params: { path: { task_id: id } }, body: payload, headers: headers(options),
  }))
export const fetchRespondersNear = (lng: number, lat: number, limit = 12, q?: string): Promise<{ items: Responder[] }> =>
  body(client.GET('/api/v1/responders/near', { params: { query: asked({ lng, lat, limit, q }) } }))

// --- calls and presence
export const callResponder = (event: number, responder: number, options?: WriteOptions): Promise<CallMade> =>
  body(client.POST('/api/v1/events/{event_id}/calls', { params: { path: { event_id: event } }, body: { responder_id: responder }, headers: headers(options) }))

/** Said by the page itself and by no person: it must not keep a forgotten session alive. */
const BY_ITSELF = { 'X-User-Input': '0' }
export const lookAt = (event: number, tab: string): Promise<Presence> =>
  body(client.POST('/api/v1/events/{event_id}/presence', { params: { path: { event_id: event } }, body: { tab }, headers: BY_ITSELF }))
/** Gets through even while the page is being closed. */
export const lookAway = (event: number, tab: string): Promise<void> =>
  body(client.DELETE('/api/v1/events/{event_id}/presence', { params: { path: { event_id: event }, query: { tab } }, headers: BY_ITSELF, keepalive: true }))

// --- saved views
export const fetchViews = (page: ViewPage): Promise<{ items: SavedView[] }> => body(client.GET('/api/v1/views', { params: { query: { page } } }))
export const saveView = (view: { page: ViewPage; name: string; query: Record<string, string> }): Promise<SavedView> => body(client.POST('/api/v1/views', { body: view }))
export const changeView = (id: number, change: { name?: string; query?: Record<string, string>; shared?: boolean }): Promise<SavedView> =>
  body(client.PATCH('/api/v1/views/{view_id}', { params: { path: { view_id: id } }, body: change }))
export const dropView = (id: number): Promise<void> => body(client.DELETE('/api/v1/views/{view_id}', { params: { path: { view_id: id } } }))
export const fetchSharedView = (link: string): Promise<SharedView> => body(client.GET('/api/v1/views/shared/{link}', { params: { path: { link } } }))
export const sendPosition = (payload: { lng: number; lat: number; accuracy_m: number; at: string }): Promise<void> =>
  body(client.POST('/api/v1/positions', { body: payload }))

// --- cameras
export const fetchCameras = (query: Query<'/api/v1/cameras'> = {}): Promise<Page<CameraRow>> =>
  body(client.GET('/api/v1/cameras', { params: { query: asked(query) } }))

// --- wall
export const fetchWallSnapshot = (area?: string, signal?: AbortSignal): Promise<WallSnapshot> =>
  body(client.GET('/api/v1/wall/snapshot', { params: { query: asked({ area }) }, signal }))
