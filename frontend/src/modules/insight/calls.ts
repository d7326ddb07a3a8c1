/** What the assessment asks of the server. */
import { body, client } from '@/api/client'
import type { components, paths } from '@/api/schema'

export type Assessment = components['schemas']['Assessment']
export type Indicator = components['schemas']['IndicatorShape']
export type AssessmentCell = components['schemas']['Cell']
export type AssessmentQuery = NonNullable<paths['/api/v1/assessment']['get']['parameters']['query']>
export type BehindQuery = NonNullable<paths['/api/v1/assessment/events']['get']['parameters']['query']>
export type EventPage = components['schemas']['EventPage']

export const fetchAssessment = (query: AssessmentQuery, signal?: AbortSignal): Promise<Assessment> =>
  body(client.GET('/api/v1/assessment', { params: { query }, signal }))
export const fetchBehind = (query: BehindQuery): Promise<EventPage> => body(client.GET('/api/v1/assessment/events', { params: { query } }))
export const changeIndicator = (code: string, change: { formula: string }): Promise<Indicator> =>
  body(client.PATCH('/api/v1/indicators/{code}', { params: { path: { code } }, body: change }))
