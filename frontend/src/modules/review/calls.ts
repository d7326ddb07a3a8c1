/** Every call about judging what cameras found, how right they were, and what a change would do. */
import { body, client } from '@/api/client'
import type { WriteOptions } from '@/api/endpoints'
import type { AlertRow, Page } from '@/api/types'
import type { components, paths } from '@/api/schema'

type Schemas = components['schemas']
export type ReviewQueue = Schemas['ReviewQueue']
export type ReviewCard = Schemas['ReviewCard']
export type ReviewAlert = Schemas['ReviewAlert']
export type JudgedCard = Schemas['JudgedCard']
export type PrecisionTable = Schemas['PrecisionTable']
export type PrecisionRow = Schemas['PrecisionRow']
export type PrecisionFigure = Schemas['PrecisionFigure']
export type ReplayRow = Schemas['ReplayRow']
export type ReplayDetail = Schemas['ReplayDetail']
export type ReplayResult = Schemas['ReplayResult']
export type ReplayList = Schemas['ReplayList']
export type Kept = Schemas['Kept']
export type Trial = Schemas['ZoneTrialRow']
export type TrialReport = Schemas['ZoneTrialReport']
export type ZoneRow = Schemas['ZoneRow']
export type CameraDetail = Schemas['CameraDetail']
export type Algorithm = Schemas['AlgorithmShape']
export type Candidate = Schemas['ZoneReplayInput']['zone']
export type PrecisionQuery = NonNullable<paths['/api/v1/precision']['get']['parameters']['query']>
export type Grouping = NonNullable<PrecisionQuery['by']>
export type AlertsQuery = NonNullable<paths['/api/v1/precision/alerts']['get']['parameters']['query']>
export type Verdict = 'confirm' | 'dismiss'
export type Reason = NonNullable<Schemas['Judgement']['reason']>

/** Asked by the page itself and by no person: it must not keep a forgotten session alive. */
const BY_ITSELF = { 'X-User-Input': '0' }
const headers = ({ idempotencyKey }: WriteOptions = {}): Record<string, string> => (idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {})

export const fetchReview = (query: { algorithm?: string }, signal?: AbortSignal): Promise<ReviewQueue> =>
  body(client.GET('/api/v1/review', { params: { query }, headers: BY_ITSELF, signal }))
export const judge = (card: ReviewCard, verdict: Verdict, reason: Reason | undefined, options: WriteOptions): Promise<JudgedCard> =>
  body(client.POST('/api/v1/review/judgements', {
    body: { items: card.alerts.map(({ id, version }) => ({ id, version })), verdict, reason }, headers: headers(options), keepalive: options.keepalive ?? false,
  }))
export const holdCards = (alertIds: number[]): Promise<Schemas['Holders']> => body(client.POST('/api/v1/review/holds', { body: { alert_ids: alertIds }, headers: BY_ITSELF }))
export const letGo = (): Promise<void> => body(client.DELETE('/api/v1/review/holds', { headers: BY_ITSELF, keepalive: true }))

export const fetchPrecision = (query: PrecisionQuery, signal?: AbortSignal): Promise<PrecisionTable> => body(client.GET('/api/v1/precision', { params: { query }, signal }))
export const fetchJudged = (query: AlertsQuery, signal?: AbortSignal): Promise<Page<AlertRow>> =>
  body(client.GET('/api/v1/precision/alerts', { params: { query }, signal })) as Promise<Page<AlertRow>>

export const fetchCamera = (id: number): Promise<CameraDetail> => body(client.GET('/api/v1/cameras/{camera_id}', { params: { path: { camera_id: id } } }))
export const fetchAlgorithms = (): Promise<{ items: Algorithm[] }> => body(client.GET('/api/v1/algorithms'))
export const fetchReplays = (camera: number): Promise<ReplayList> => body(client.GET('/api/v1/cameras/{camera_id}/replays', { params: { path: { camera_id: camera } } }))
export const fetchReplay = (id: number): Promise<ReplayDetail> => body(client.GET('/api/v1/replays/{replay_id}', { params: { path: { replay_id: id } } }))
export const askReplay = (camera: number, zoneId: number | null, zone: Candidate, days: number, options?: WriteOptions): Promise<ReplayDetail> =>
  body(client.POST('/api/v1/cameras/{camera_id}/replays', { params: { path: { camera_id: camera } }, body: { zone_id: zoneId, zone, days }, headers: headers(options) }))
export const cancelReplay = (id: number): Promise<ReplayDetail> => body(client.POST('/api/v1/replays/{replay_id}/cancel', { params: { path: { replay_id: id } } }))

export const fetchTrials = (): Promise<{ items: Trial[] }> => body(client.GET('/api/v1/trials'))
export const fetchTrial = (zone: number): Promise<TrialReport> => body(client.GET('/api/v1/trials/{zone_id}', { params: { path: { zone_id: zone } } }))
export const startTrial = (camera: number, comparesWith: number | null, zone: Candidate, options?: WriteOptions): Promise<ZoneRow> =>
  body(client.POST('/api/v1/cameras/{camera_id}/trials', { params: { path: { camera_id: camera } }, body: { compares_with: comparesWith, zone }, headers: headers(options) }))
export const switchOn = (zone: number, replaces: boolean, options?: WriteOptions): Promise<ZoneRow> =>
  body(client.POST('/api/v1/trials/{zone_id}/switch-on', { params: { path: { zone_id: zone } }, body: { replaces }, headers: headers(options) }))
export const endTrial = (zone: number): Promise<void> => body(client.DELETE('/api/v1/zones/{zone_id}', { params: { path: { zone_id: zone } } }))
