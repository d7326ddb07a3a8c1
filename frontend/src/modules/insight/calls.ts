/** What the pages of figures ask of the server. */
import { body, client } from '@/api/client'
import type { components, paths } from '@/api/schema'
import { newIdempotencyKey } from '@/api/transport'

type Schemas = components['schemas']
export type Assessment = Schemas['Assessment']
export type Indicator = Schemas['IndicatorShape']
export type IndicatorList = Schemas['IndicatorList']
export type Measure = Schemas['MeasureShape']
export type Trial = Schemas['Trial']
export type VersionList = Schemas['VersionList']
export type AssessmentCell = Schemas['Cell']
export type CountedRow = Schemas['CountedRow']
export type Running = Schemas['Running']
export type Handling = Schemas['Handling']
export type Repeats = Schemas['Repeats']
export type Place = Schemas['Place']
export type Alarms = Schemas['Alarms']
export type AlertRow = Schemas['AlertRow']
export type Risks = Schemas['Risks']
export type Risk = Schemas['Risk']
export type FigureQuery = NonNullable<paths['/api/v1/insight/running']['get']['parameters']['query']>
export type AssessmentQuery = NonNullable<paths['/api/v1/assessment']['get']['parameters']['query']>
export type BehindQuery = NonNullable<paths['/api/v1/assessment/events']['get']['parameters']['query']>
export type FigureEventsQuery = NonNullable<paths['/api/v1/insight/events']['get']['parameters']['query']>
export type Figure = FigureEventsQuery['figure']
export type AlarmAlertsQuery = NonNullable<paths['/api/v1/insight/alarms/alerts']['get']['parameters']['query']>
export type RiskQuery = NonNullable<paths['/api/v1/risks']['get']['parameters']['query']>

const headers = (): Record<string, string> => ({ 'Idempotency-Key': newIdempotencyKey() })

export const fetchRunning = (query: FigureQuery, signal?: AbortSignal): Promise<Running> => body(client.GET('/api/v1/insight/running', { params: { query }, signal }))
export const fetchHandling = (query: FigureQuery, signal?: AbortSignal): Promise<Handling> => body(client.GET('/api/v1/insight/handling', { params: { query }, signal }))
export const fetchRepeats = (query: FigureQuery, signal?: AbortSignal): Promise<Repeats> => body(client.GET('/api/v1/insight/repeats', { params: { query }, signal }))
export const fetchAlarms = (query: FigureQuery, signal?: AbortSignal): Promise<Alarms> => body(client.GET('/api/v1/insight/alarms', { params: { query }, signal }))
export const fetchRisks = (query: RiskQuery, signal?: AbortSignal): Promise<Risks> => body(client.GET('/api/v1/risks', { params: { query }, signal }))
export const judgeRisk = (): Promise<Schemas['Judged']> => body(client.POST('/api/v1/risks/judge', { headers: headers() }))
export const fetchAssessment = (query: AssessmentQuery, signal?: AbortSignal): Promise<Assessment> => body(client.GET('/api/v1/assessment', { params: { query }, signal }))

/** The list behind a number, page by page: every row is one that the number counts. */
export type Behind<Row = CountedRow> = (cursor: string) => Promise<{ items: Row[]; next: string | null }>
const further = (cursor: string): { cursor?: string; limit: number } => (cursor === '' ? { limit: 30 } : { cursor, limit: 30 })
export const behindNumber = (query: BehindQuery): Behind => (cursor) => body(client.GET('/api/v1/assessment/events', { params: { query: { ...query, ...further(cursor) } } }))
export const behindFigure = (query: FigureEventsQuery): Behind => (cursor) => body(client.GET('/api/v1/insight/events', { params: { query: { ...query, ...further(cursor) } } }))
export const behindAlarm = (query: AlarmAlertsQuery): Behind<AlertRow> => (cursor) => body(client.GET('/api/v1/insight/alarms/alerts', { params: { query: { ...query, ...further(cursor) } } }))
export const behindRisk = (id: number): Behind => (cursor) => body(client.GET('/api/v1/risks/{risk_id}/events', { params: { path: { risk_id: id }, query: further(cursor) } }))
export const behindPlace = (asked: FigureQuery, place: Place): Behind => async (cursor) => {
  const query = { ...asked, lng: place.lng, lat: place.lat, kind: place.type_code, ...further(cursor) }
  const page: Schemas['RepeatedEvents'] = await body(client.GET('/api/v1/insight/repeats/events', { params: { query } }))
  return { items: page.items.map((event) => ({ event_id: event.id, number: event.number, run: 1, minutes: null, event, order_id: null })), next: page.next }
}

export const fetchIndicators = (): Promise<IndicatorList> => body(client.GET('/api/v1/indicators'))
export const tryFormula = (code: string, formula: string, subject: Trial['subject']): Promise<Trial> =>
  body(client.POST('/api/v1/indicators/{code}/trial', { params: { path: { code } }, body: { formula, subject } }))
export const fetchVersions = (code: string): Promise<VersionList> => body(client.GET('/api/v1/indicators/{code}/versions', { params: { path: { code } } }))
export const changeIndicator = (code: string, change: { formula: string }): Promise<Indicator> =>
  body(client.PATCH('/api/v1/indicators/{code}', { params: { path: { code } }, body: change, headers: headers() }))
