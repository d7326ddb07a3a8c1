/** Every call of the page of keeping recordings. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Book = Schemas['RetentionBook']
export type Rule = Schemas['RetentionRow']
export type Bound = Schemas['BoundShape']
export type Amount = Schemas['Erased']
export type Trial = Schemas['RetentionTrial']
export type Change = Schemas['SettingChange']

export type Holds = Schemas['EvidenceHoldBook']
export type Hold = Schemas['EvidenceHoldRow']

export const fetchHolds = (): Promise<Holds> => body(client.GET('/api/v1/evidence-holds'))
export const holdEvidence = (of: { event_number?: string; alert_id?: number }, reason: string): Promise<Holds> => body(client.POST('/api/v1/evidence-holds', { body: { event_number: '', ...of, reason } }))
export const releaseHold = (id: number): Promise<Holds> => body(client.POST('/api/v1/evidence-holds/{hold_id}/release', { params: { path: { hold_id: id } } }))

export const fetchBook = (): Promise<Book> => body(client.GET('/api/v1/retention'))
export const setDays = (code: string, version: number, days: number): Promise<Book> => body(client.PUT('/api/v1/retention/{code}', { params: { path: { code } }, body: { version, days } }))
export const tryDays = (code: string, days: number): Promise<Trial> => body(client.GET('/api/v1/retention/{code}/trial', { params: { path: { code }, query: { days } } }))
const history = (): Promise<Schemas['SettingHistory']> => body(client.GET('/api/v1/retention/history'))
export const fetchHistory = async (): Promise<Change[]> => (await history()).items
