/** Every call about reporters, and about reports from the public that a person looks at first. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Held = Schemas['HeldReportRow']
export type HeldPage = Schemas['HeldReportPage']
export type Reporters = Schemas['ReporterList']
export type Reporter = Schemas['ReporterRow']
export type Contact = Schemas['ReporterContact']
export type NewReporter = Schemas['RegisterReporterInput']
export type Registered = Schemas['RegisteredReporter']

export const fetchHeld = (): Promise<HeldPage> => body(client.GET('/api/v1/held-reports', { params: { query: { limit: 100 } } }))
export const acceptHeld = (id: number, change: Schemas['AcceptHeldInput']): Promise<Schemas['HeldReportDecision']> =>
  body(client.POST('/api/v1/held-reports/{held_id}/accept', { params: { path: { held_id: id } }, body: change }))
export const rejectHeld = (id: number, reason: string): Promise<Schemas['HeldReportDecision']> =>
  body(client.POST('/api/v1/held-reports/{held_id}/reject', { params: { path: { held_id: id } }, body: { reason } }))
export const seeHeldContact = (id: number, purpose: string): Promise<Contact> =>
  body(client.POST('/api/v1/held-reports/{held_id}/contact', { params: { path: { held_id: id } }, body: { purpose } }))

export const fetchReporters = (eventId: number): Promise<Reporters> =>
  body(client.GET('/api/v1/events/{event_id}/reporters', { params: { path: { event_id: eventId } } }))
export const registerReporter = (eventId: number, reporter: NewReporter): Promise<Registered> =>
  body(client.POST('/api/v1/events/{event_id}/reporters', { params: { path: { event_id: eventId } }, body: reporter }))
export const seeContact = (eventId: number, reporterId: number, purpose: string): Promise<Contact> =>
  body(client.POST('/api/v1/events/{event_id}/reporters/{reporter_id}/contact', { params: { path: { event_id: eventId, reporter_id: reporterId } }, body: { purpose } }))
