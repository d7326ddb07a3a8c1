/** What is asked and sent about alarms as a whole: the rules of the seats, floods, the shelf, sources out of service. */
import { body, client } from '@/api/client'
import { fetchAlerts, type Versioned, type WriteOptions } from '@/api/endpoints'
import type { AlertRow, Page } from '@/api/types'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type AlarmRules = Schemas['AlarmRulesShape']
export type AlertFlood = Schemas['AlertFlood']
export type AlertGroup = Schemas['AlertGroup']
export type OutOfService = Schemas['OutOfServiceEntry']
export type OutOfServicePage = Schemas['OutOfServicePage']
export type Acknowledged = Omit<Schemas['Acknowledged'], 'items'> & { items: AlertRow[] }

const headers = (options: WriteOptions = {}): Record<string, string> => (options.idempotencyKey ? { 'Idempotency-Key': options.idempotencyKey } : {})

export const fetchAlarmRules = (): Promise<AlarmRules> => body(client.GET('/api/v1/alarm-rules'))
export const fetchFlood = (area?: string): Promise<AlertFlood> => body(client.GET('/api/v1/alerts/flood', { params: { query: area ? { area } : {} } }))
export const fetchShelf = (signal?: AbortSignal): Promise<Page<AlertRow>> => fetchAlerts({ state: 'open', shelf: 'only', limit: 100 }, signal)
export const acknowledgeTogether = (items: { id: number; version: number }[], options?: WriteOptions): Promise<Acknowledged> =>
  body(client.POST('/api/v1/alerts/acknowledge', { body: { items }, headers: headers(options) })) as Promise<Acknowledged>

export type OutOfServiceState = 'out' | 'back'
export const fetchOutOfService = (query: { state?: OutOfServiceState; overdue?: boolean }, signal?: AbortSignal): Promise<OutOfServicePage> =>
  body(client.GET('/api/v1/out-of-service', { params: { query: { limit: 100, ...query } }, signal }))
export const moveOutOfService = (id: number, move: 'review' | 'put_back', payload: Versioned, options?: WriteOptions): Promise<OutOfService> =>
  body(client.POST(`/api/v1/out-of-service/{out_id}/${move}` as '/api/v1/out-of-service/{out_id}/review', {
    params: { path: { out_id: id } }, body: payload, headers: headers(options),
  }))
