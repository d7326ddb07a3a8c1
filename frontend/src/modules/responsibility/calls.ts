/** Every call of the page that shows who answers for what where. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Gaps = Schemas['Gaps']
export type GridGap = Schemas['GridGap']
export type GridTeam = Schemas['GridTeam']
export type TeamMember = Schemas['TeamMember']
export type WhoAnswers = Schemas['WhoAnswers']
export type DutyLine = Schemas['DutyLine']
export type NewMember = Schemas['NewMember']
export type NewLine = Schemas['DutyEntry']
export type Run = Schemas['UnitGridRunRow']
export type AreaRow = Schemas['AreaRow']
export type Lack = GridGap['lacks'][number]

export const LACKS = ['leader', 'full_time', 'on_duty'] as const
export const POSTS = ['leader', 'secretary', 'full_time', 'part_time', 'instructor', 'cadre', 'enforcement', 'volunteer'] as const
export const PERS = ['day', 'week', 'month', 'quarter', 'year', 'need'] as const

export const fetchGaps = (under: string): Promise<Gaps> => body(client.GET('/api/v1/responsibility/gaps', { params: { query: under ? { under } : {} } }))
export const fetchTeam = (grid_path: string): Promise<GridTeam> => body(client.GET('/api/v1/grid-teams', { params: { query: { grid_path } } }))
export const nameMember = (member: NewMember): Promise<GridTeam> => body(client.POST('/api/v1/grid-teams/members', { body: member }))
export const releaseMember = (member_id: number): Promise<void> => body(client.DELETE('/api/v1/grid-teams/members/{member_id}', { params: { path: { member_id } } }))
export const writeLine = (line: NewLine): Promise<DutyLine> => body(client.POST('/api/v1/duty-lists', { body: line }))
export const removeLine = (entry_id: number, version: number): Promise<void> =>
  body(client.DELETE('/api/v1/duty-lists/{entry_id}', { params: { path: { entry_id }, query: { version } } }))
export const askWhoAnswers = (lng: number, lat: number, type: string): Promise<WhoAnswers> =>
  body(client.GET('/api/v1/who-answers', { params: { query: { lng, lat, ...(type ? { type } : {}) } } }))
export const fetchStreets = (): Promise<Schemas['AreaPage']> => body(client.GET('/api/v1/areas', { params: { query: { level: 'street', limit: 200 } } }))
export const fetchCommunities = (parent_path: string): Promise<Schemas['AreaPage']> =>
  body(client.GET('/api/v1/areas', { params: { query: { level: 'community', parent_path, limit: 200 } } }))
export const makeUnitGrids = (area_path: string, size_metres: number): Promise<Run> => body(client.POST('/api/v1/unit-grids/runs', { body: { area_path, size_metres } }))
export const fetchRun = (run_id: number): Promise<Run> => body(client.GET('/api/v1/unit-grids/runs/{run_id}', { params: { path: { run_id } } }))
