/** Every call of the rules, the matrix, and of what helps whoever reports. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'
import type { Similar } from '@/api/types'

type Schemas = components['schemas']
export type Rule = Schemas['RoutingRuleShape']
export type RuleList = Schemas['RoutingRuleList']
export type Replay = Schemas['RoutingReplay']
export type Outcome = Schemas['ReplayOutcome']
export type Verdict = Schemas['ExpressionVerdict']
export type Responsibility = Schemas['ResponsibilityShape']
export type Suggestions = Schemas['TypeSuggestions']
export type RuleContent = Omit<Schemas['NewRoutingRuleInput'], 'replaces_id'>
export type RowContent = Schemas['ResponsibilityInput']
export type AreaRow = { id: number; name: string; path: string }

export const fetchRules = (): Promise<RuleList> => body(client.GET('/api/v1/routing-rules'))
export const writeRule = (content: RuleContent, replaces?: number): Promise<Rule> =>
  body(client.POST('/api/v1/routing-rules', { body: { ...content, replaces_id: replaces ?? null } }))
export const editRule = (id: number, version: number, content: RuleContent): Promise<Rule> =>
  body(client.PUT('/api/v1/routing-rules/{rule_id}', { params: { path: { rule_id: id } }, body: { ...content, version } }))
export const switchRule = (rule: Rule, on: boolean): Promise<RuleList> =>
  body(client.POST('/api/v1/routing-rules/{rule_id}/switch', { params: { path: { rule_id: rule.id } }, body: { version: rule.version, on } }))
export const removeRule = (rule: Rule): Promise<RuleList> =>
  body(client.POST('/api/v1/routing-rules/{rule_id}/remove', { params: { path: { rule_id: rule.id } }, body: { version: rule.version } }))
export const orderRules = (seen: number[], wanted: number[], area: string): Promise<RuleList> =>
  body(client.POST('/api/v1/routing-rules/order', { body: { seen, wanted, area_path: area } }))
export const replayRule = (id: number, days: number): Promise<Replay> =>
  body(client.POST('/api/v1/routing-rules/{rule_id}/replay', { params: { path: { rule_id: id } }, body: { days } }))
export const checkExpression = (expression: string, signal?: AbortSignal): Promise<Verdict> =>
  body(client.POST('/api/v1/routing-rules/check', { body: { expression }, signal }))

export const fetchRows = (): Promise<{ items: Responsibility[] }> => body(client.GET('/api/v1/responsibilities'))
export const writeRow = (content: RowContent): Promise<Responsibility> => body(client.POST('/api/v1/responsibilities', { body: content }))
export const editRow = (id: number, version: number, content: RowContent): Promise<Responsibility> =>
  body(client.PUT('/api/v1/responsibilities/{row_id}', { params: { path: { row_id: id } }, body: { ...content, version } }))
export const removeRow = (row: Responsibility): Promise<{ items: Responsibility[] }> =>
  body(client.POST('/api/v1/responsibilities/{row_id}/remove', { params: { path: { row_id: row.id } }, body: { version: row.version } }))
export const fetchPeople = (area: string): Promise<{ items: { id: number; name: string }[] }> =>
  body(client.GET('/api/v1/responsibilities/people', { params: { query: { area_path: area } } }))
export const fetchAreas = (level: 'district' | 'street' | 'community' | 'grid', parent?: string): Promise<{ items: AreaRow[] }> =>
  body(client.GET('/api/v1/areas', { params: { query: { level, limit: 200, ...(parent ? { parent_path: parent } : {}) } } }))

export const suggestTypes = (text: string, signal?: AbortSignal): Promise<Suggestions> =>
  body(client.GET('/api/v1/event-types/suggest', { params: { query: { text } }, signal }))
export const fetchSimilar = (type_code: string, lng: number, lat: number, signal?: AbortSignal): Promise<{ items: Similar[] }> =>
  body(client.GET('/api/v1/events/similar', { params: { query: { type_code, lng, lat } }, signal }))
