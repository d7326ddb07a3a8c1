/**
 * The shapes of /api/v1 by the names the screens use, taken from the generated schema. Times are ISO 8601 UTC, lengths
 * of time are seconds, positions are lon/lat degrees.
 */
import type { components } from './schema'

type Schemas = components['schemas']

/** 1 特急, 2 紧急, 3 重要, 4 一般 */
export type Level = 1 | 2 | 3 | 4

/** What JSON Schema cannot say: a level is one of four numbers, a point is two of them, a box four. */
interface Exactly { level: Level; label: [number, number]; center: [number, number]; bounds: [number, number, number, number] }
type Exact<T> = T extends (infer One)[]
  ? Exact<One>[]
  : T extends object
    ? { [Key in keyof T]: Key extends keyof Exactly ? (T[Key] extends number | number[] ? Exactly[Key] : Exact<T[Key]>) : Exact<T[Key]> }
    : T

/** Where the stream of live updates stood when this was read; a newer update must be applied on top. */
export interface AsOf { as_of: string; epoch: string }
export interface Page<T> extends AsOf { items: T[]; next: string | null }
export interface Named { id: number; name: string }

export type Role = Schemas['Grant']['role']
export type Grant = Exact<Schemas['Grant']>
export type Me = Omit<Exact<Schemas['Me']>, 'roles'> & { roles: Role[] }
export type Session = Omit<Exact<Schemas['Session']>, 'user'> & { user: Me | null }
export type District = Exact<Schemas['District']>
export type Camera3D = Exact<Schemas['MapCamera']>

export type AreaLevel = 'district' | 'street' | 'community' | 'grid' | 'micro_grid'
export interface AreaProperties { id: number; path: string; code: string; name: string; level: AreaLevel; label: [number, number] }
export type Location = Schemas['Location']
export type OrgUnit = Schemas['Unit']

export type Limit = Schemas['LimitShape']
export type LimitType = Limit['type']
export type Condition = Schemas['ConditionShape']
export type EventType = Exact<Schemas['EventTypeShape']>

/** A file of an event, or a photo that a task brings along from it. */
export type Attachment = Schemas['AttachmentShape'] | Schemas['BeforePhoto']
export type Upload = Schemas['Upload']
/** What may be done now: the moves of an event, an order or an alert, and those of a field task, which are never refused beforehand. */
export type AllowedMove = Omit<Schemas['AllowedMove'], 'refusal_code'> & { refusal_code?: string | null }
export type HistoryEntry = Schemas['HistoryEntry']

export type AlertRow = Exact<Schemas['AlertRow']>
export type AlertDetail = Exact<Schemas['AlertDetail']>
export type AlertState = AlertRow['state']

export type EventRow = Exact<Schemas['EventRow']>
export type EventDetail = Exact<Schemas['EventDetail']>
export type ReportedEvent = Exact<Schemas['ReportedEvent']>
export type NewEvent = Schemas['EventReportInput']
export type EventState = EventRow['state']
export type Stage = EventRow['stage']
export type Light = EventRow['light']
export type DueKind = 'accept' | 'verify' | 'dispatch' | 'sign' | 'handling' | 'check' | 'close'
export type Deadline = Schemas['DeadlineReading']
export type Evaluation = Schemas['EvaluationShape']

export type Progress = Schemas['Progress']
export type Reminder = Exact<Schemas['ReminderRow']>
export type Similar = Schemas['SimilarEvent']
export type ReplyTemplate = Schemas['ReplyTemplateShape']
export type ExportRow = Schemas['ExportRow']
export type Routing = Schemas['RoutingExplanation']
/** Something asked about an event; with what this person may decide about it where it was read with its event. */
export type RequestRow = Schemas['RequestRow']
export type RequestDetail = Schemas['RequestShape']

export type OrderRow = Exact<Schemas['OrderRow']>
export type OrderDetail = Exact<Schemas['OrderDetail']>
export type OrderState = OrderRow['state']
export type OrderCounts = Schemas['OrderCounts']
export type OrderBox = keyof OrderCounts

export type FieldTaskDetail = Exact<Schemas['FieldTaskDetail']>
export type FieldTask = Exact<Schemas['FieldTaskRow']> & Partial<Pick<FieldTaskDetail, 'allowed_moves'>>
export type TaskKind = FieldTask['kind']
export type Responder = Schemas['NearResponder']
/** Who is called, with the whole number, and whether the exchange rings it. */
export type CallMade = Schemas['CallMade']
export type Viewer = Schemas['Viewer']
export type Presence = Schemas['Presence']

/** The filters of a page under a name; `gone` are filters that the page does not have any more. */
export type SavedView = Schemas['SavedView']
export type SharedView = Schemas['SharedView']
export type ViewPage = SavedView['page']

export type CameraRow = Schemas['CameraRow']
export type CameraState = CameraRow['state']

export type WallSnapshot = Exact<Schemas['WallSnapshot']>
export type WallRow = Exact<Schemas['WallRow']>
export type WallState = Exact<Schemas['WallState']>
export type SceneShape = Schemas['SceneShape']
export type SceneCell = Schemas['SceneCell']
export type FootingShape = Schemas['FootingShape']
export type WallEvent = Exact<Schemas['WallEvent']>
export type StreetFigures = Exact<Schemas['StreetFigures']>
export type Kpis = Schemas['WallKpis']
export type HourCount = Schemas['HourFigure']
