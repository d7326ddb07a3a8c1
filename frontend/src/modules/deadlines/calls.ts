/** Every call of the page of limits, steps and calendars. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Book = Schemas['LimitBook']
export type SiteLimit = Schemas['SiteLimit']
export type Bounds = Schemas['LimitBounds']
export type AnyMeasure = SiteLimit['measure']
export type Similarity = Schemas['SimilarityShape']
export type Plan = Schemas['StepPlan']
export type Step = Schemas['StepShape']
export type Change = Schemas['LimitChange']
export type Calendar = Schemas['Calendar']
export type Calendars = Schemas['Calendars']
export type CalendarContent = Omit<Schemas['CalendarInput'], 'version'>
export type Preview = Schemas['Preview']
export type PreviewDay = Schemas['PreviewDay']
export type PreviewAsked = Schemas['PreviewInput']

export const fetchBook = (): Promise<Book> => body(client.GET('/api/v1/limits'))
export const fetchHistory = (): Promise<{ items: Change[] }> => body(client.GET('/api/v1/limits/history'))
export const setLimit = (kind: string, version: number, measure: AnyMeasure, amount: string): Promise<Book> =>
  body(client.PUT('/api/v1/limits/clocks/{kind}', { params: { path: { kind } }, body: { version, measure, amount: Number(amount) } }))
export const setSimilarity = (row: { type_code: string; version: number; metres: number; hours: number }): Promise<Book> =>
  body(client.PUT('/api/v1/limits/similarity', { body: row }))
export const dropSimilarity = (row: Similarity): Promise<Book> =>
  body(client.POST('/api/v1/limits/similarity/drop', { body: { type_code: row.type_code, version: row.version } }))
export const setSteps = (plan: Plan, steps: Step[]): Promise<Book> =>
  body(client.PUT('/api/v1/limits/escalation', { body: { subject_kind: plan.subject_kind, clock: plan.clock, version: plan.version, steps } }))

export const fetchCalendars = (): Promise<Calendars> => body(client.GET('/api/v1/calendars'))
export const fetchUnitCalendar = (unitId: number): Promise<Calendar> =>
  body(client.GET('/api/v1/units/{unit_id}/calendar', { params: { path: { unit_id: unitId } } }))
export const setCalendar = (unitId: number | null, version: number, content: CalendarContent): Promise<Calendar> =>
  unitId === null
    ? body(client.PUT('/api/v1/calendars/site', { body: { ...content, version } }))
    : body(client.PUT('/api/v1/units/{unit_id}/calendar', { params: { path: { unit_id: unitId } }, body: { ...content, version } }))
export const previewCalendar = (asked: PreviewAsked, signal?: AbortSignal): Promise<Preview> =>
  body(client.POST('/api/v1/calendars/preview', { body: asked, signal }))
