/** Every call of the page of rules: for the public, of tasks, of grids, of risk. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Bound = Schemas['BoundShape']
export type Change = Schemas['SettingChange']
export type PublicBook = Schemas['PublicRuleBook']
export type PublicValues = Schemas['PublicRuleValues']
export type Effects = Schemas['PublicRuleEffects']
export type TaskRule = Schemas['TaskRuleShape']
export type TaskRules = Schemas['TaskRuleList']
export type SignIns = Schemas['SignIns']
export type GridNorms = Schemas['GridNormsShape']
export type GridTrial = Schemas['GridNormsTrial']
export type RiskRule = Schemas['RiskRuleShape']
export type RiskRules = Schemas['RiskRuleList']
export type RiskContent = Schemas['RiskRuleContent']
export type RiskTrial = Schemas['RiskRuleTrial']
export type RiskCounts = Schemas['RiskCounts']

export const fetchPublic = (): Promise<PublicBook> => body(client.GET('/api/v1/public-rules'))
export const setPublic = (version: number, values: PublicValues): Promise<PublicBook> => body(client.PUT('/api/v1/public-rules', { body: { version, ...values } }))
export const tryPublic = (values: Pick<PublicValues, 'near_metres' | 'near_minutes' | 'near_reports' | 'contact_kept_days'>): Promise<Effects> =>
  body(client.POST('/api/v1/public-rules/trial', { body: values }))

export const fetchTasks = (): Promise<TaskRules> => body(client.GET('/api/v1/task-rules'))
export const setTask = (kind: string, version: number, metres: number): Promise<TaskRules> =>
  body(client.PUT('/api/v1/task-rules/{kind}', { params: { path: { kind } }, body: { version, geofence_metres: metres } }))
export const fetchSignIns = (kind: string, metres: number): Promise<SignIns> =>
  body(client.GET('/api/v1/task-rules/{kind}/sign-ins', { params: { path: { kind }, query: { metres } } }))

export const fetchGrids = (): Promise<GridNorms> => body(client.GET('/api/v1/grid-norms'))
export const setGrids = (version: number, households_per_worker: number): Promise<GridNorms> => body(client.PUT('/api/v1/grid-norms', { body: { version, households_per_worker } }))
export const tryGrids = (households_per_worker: number): Promise<GridTrial> => body(client.GET('/api/v1/grid-norms/trial', { params: { query: { households_per_worker } } }))

export const fetchRisk = (): Promise<RiskRules> => body(client.GET('/api/v1/risk-rules'))
export const setRisk = (code: string, version: number, content: RiskContent): Promise<RiskRules> =>
  body(client.PUT('/api/v1/risk-rules/{code}', { params: { path: { code } }, body: { ...content, version } }))
export const tryRisk = (code: string, content: RiskContent): Promise<RiskTrial> =>
  body(client.POST('/api/v1/risk-rules/{code}/trial', { params: { path: { code } }, body: content }))

export type RuleGroup = 'public' | 'tasks' | 'grids' | 'risk'
export type Changed = Change & { group: RuleGroup }
type History = Schemas['SettingHistory']
const publicHistory = (): Promise<History> => body(client.GET('/api/v1/public-rules/history'))
const taskHistory = (): Promise<History> => body(client.GET('/api/v1/task-rules/history'))
const gridHistory = (): Promise<History> => body(client.GET('/api/v1/grid-norms/history'))
const riskHistory = (): Promise<History> => body(client.GET('/api/v1/risk-rules/history'))

/** What was set in all groups, newest first. */
export async function fetchHistory(): Promise<Changed[]> {
  const [open, tasks, grids, risk] = await Promise.all([publicHistory(), taskHistory(), gridHistory(), riskHistory()])
  const of = (group: RuleGroup, { items }: History): Changed[] => items.map((one) => ({ ...one, group }))
  return [...of('public', open), ...of('tasks', tasks), ...of('grids', grids), ...of('risk', risk)].sort((one, other) => other.at.localeCompare(one.at))
}
