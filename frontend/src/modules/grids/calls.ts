/** Every call of the editor of grids. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'
import { newIdempotencyKey } from '@/api/transport'

type Schemas = components['schemas']
export type DraftRow = Schemas['DraftRow']
export type DraftDetail = Schemas['DraftDetail']
export type DraftAreaRow = Schemas['DraftAreaRow']
export type PlannedArea = Schemas['PlannedArea']
export type Finding = Schemas['CheckFinding']
export type ProposedCode = Schemas['ProposedCode']
export type AreaRow = Schemas['AreaRow']
export type Step = Omit<Schemas['Step'], 'version'>
export type Tool = Step['tool']
export type Move = Schemas['Move']['move']

const path = (id: number): { path: { draft_id: number } } => ({ path: { draft_id: id } })
const once = (): Record<string, string> => ({ 'Idempotency-Key': newIdempotencyKey() })

export const fetchDrafts = (): Promise<{ items: DraftRow[] }> => body(client.GET('/api/v1/area-drafts'))
export const fetchDraft = (id: number): Promise<DraftDetail> => body(client.GET('/api/v1/area-drafts/{draft_id}', { params: path(id) }))
export const fetchPlan = (id: number, under: string): Promise<{ version: number; areas: PlannedArea[] }> =>
  body(client.GET('/api/v1/area-drafts/{draft_id}/plan', { params: { ...path(id), query: { under } } }))
export const fetchChecks = (id: number): Promise<{ version: number; blocking: number; items: Finding[] }> =>
  body(client.GET('/api/v1/area-drafts/{draft_id}/checks', { params: path(id) }))
export const fetchBorder = (id: number, one: string, other: string): Promise<{ line: { coordinates: [number, number][] } | null }> =>
  body(client.GET('/api/v1/area-drafts/{draft_id}/border', { params: { ...path(id), query: { one, other } } }))
export const fetchCodes = (id: number, parent: string): Promise<{ items: ProposedCode[] }> =>
  body(client.GET('/api/v1/area-drafts/{draft_id}/codes', { params: { ...path(id), query: { parent } } }))
export const openDraft = (root: string, title: string): Promise<DraftDetail> =>
  body(client.POST('/api/v1/area-drafts', { body: { root_path: root, title }, headers: once() }))
export const sendStep = (id: number, version: number, step: Step): Promise<{ draft: DraftDetail; refs: string[] }> =>
  body(client.POST('/api/v1/area-drafts/{draft_id}/steps', { params: path(id), body: { ...step, version }, headers: once() }))
export const sendMove = (id: number, version: number, move: Move, more: { reason?: string; effective_at?: string | null }): Promise<DraftDetail> =>
  body(client.POST('/api/v1/area-drafts/{draft_id}/moves', { params: path(id), body: { move, version, reason: '', ...more }, headers: once() }))

/** All areas of a level below one, page by page. */
export async function fetchAreas(level: 'street' | 'community', parent: string): Promise<AreaRow[]> {
  const found: AreaRow[] = []
  let cursor: string | undefined
  do {
    const page: { items: AreaRow[]; next: string | null } = await body(
      client.GET('/api/v1/areas', { params: { query: { level, parent_path: parent, limit: 200, ...(cursor ? { cursor } : {}) } } }),
    )
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return found
}
