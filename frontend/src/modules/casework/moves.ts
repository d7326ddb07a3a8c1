/**
 * The form each move of the lifecycle asks for. Which moves a person may make comes from the API (`allowed_moves`);
 * here stands only what to ask them before it is sent.
 */
import type { AllowedMove } from '@/api/types'

export type FieldKind =
  | 'text' | 'finding' | 'condition' | 'type' | 'level' | 'unit' | 'person' | 'mode' | 'dismissal' | 'photos'
  | 'date' | 'hours' | 'flag' | 'colour' | 'co_units' | 'main_event' | 'leg' | 'reminder' | 'centre' | 'member' | 'outcome' | 'answer' | 'minutes'

export interface Field {
  name: string
  kind: FieldKind
  required?: boolean
  rows?: number
}

/** A co-handling department chosen with the dispatch; a mandatory one holds the finish. */
export interface CoUnit { unit_id: number; mandatory: boolean }
export type FieldValue = string | number | boolean | number[] | CoUnit[] | null
export type Values = Record<string, FieldValue>

const note: Field = { name: 'note', kind: 'text', rows: 2 }
const reason: Field = { name: 'reason', kind: 'text', required: true, rows: 3 }
const photos: Field = { name: 'attachment_ids', kind: 'photos' }

const FORMS: Readonly<Record<string, readonly Field[]>> = {
  confirm: [{ name: 'type_code', kind: 'type' }, { name: 'level', kind: 'level' }, note],
  dismiss: [{ name: 'reason', kind: 'dismissal', required: true }, note],
  restore: [],
  shelve: [{ name: 'minutes', kind: 'minutes', required: true }, { ...reason, rows: 2 }],
  unshelve: [note],
  take_out: [reason],
  ask_verification: [{ name: 'assignee_id', kind: 'person' }, { name: 'unit_id', kind: 'unit' }, note],
  report_verification: [{ name: 'finding', kind: 'finding', required: true }, { ...note, required: true, rows: 3 }],
  file: [{ name: 'type_code', kind: 'type' }, { name: 'condition_id', kind: 'condition', required: true }, { name: 'level', kind: 'level' }, { name: 'no_photo_reason', kind: 'text', rows: 2 }, note],
  reject: [reason],
  dispatch: [{ name: 'unit_id', kind: 'unit', required: true }, { name: 'co_units', kind: 'co_units' }, note],
  merge: [{ name: 'main_event_id', kind: 'main_event', required: true }, { ...reason, rows: 2 }],
  unmerge: [reason],
  sign: [],
  return: [reason, { name: 'basis', kind: 'text', rows: 2 }, { name: 'proposed_unit_id', kind: 'unit' }, photos],
  refuse_return: [reason],
  ask_extension: [reason],
  ask_leg_extension: [reason],
  ask_suspension: [reason, { name: 'until', kind: 'date', required: true }],
  resume: [reason],
  co_handle: [{ name: 'unit_id', kind: 'unit', required: true }, { name: 'mandatory', kind: 'flag' }, note],
  sign_leg: [],
  finish_leg: [{ ...note, required: true, rows: 4 }, photos],
  return_leg: [reason],
  waive_leg: [{ name: 'order_id', kind: 'leg', required: true }, reason],
  assign_team: [{ name: 'assignee_id', kind: 'member', required: true }, note],
  assign: [{ name: 'assignee_id', kind: 'member', required: true }, note],
  waive: [reason],
  team_report: [{ ...note, required: true, rows: 3 }, photos],
  finish: [{ ...note, required: true, rows: 4 }, photos],
  reject_feedback: [reason],
  refuse_close: [reason],
  ask_force_close: [reason],
  ask_cancel: [reason],
  self_handle: [{ ...note, required: true, rows: 3 }, { name: 'before_attachment_ids', kind: 'photos', required: true }, { ...photos, required: true }],
  escalate_up: [reason],
  skip_level: [reason],
  assign_down: [{ name: 'unit_id', kind: 'centre', required: true }, reason],
  urge: [note, { name: 'reply_hours', kind: 'hours' }],
  supervise: [{ name: 'colour', kind: 'colour', required: true }, { ...note, required: true }, { name: 'reply_hours', kind: 'hours' }],
  reply: [{ name: 'reminder_id', kind: 'reminder', required: true }, { ...note, required: true, rows: 3 }],
  take: [],
  contact_reporter: [{ name: 'outcome', kind: 'outcome', required: true }, note],
  answer_reporter: [{ name: 'outcome', kind: 'outcome', required: true }, { ...note, required: true, rows: 3 }],
  call_back: [{ name: 'outcome', kind: 'outcome', required: true }, { name: 'solved', kind: 'answer' }, { name: 'satisfied', kind: 'answer' }, note],
  reopen: [reason],
  appeal: [reason, photos],
  ask_check: [{ name: 'mode', kind: 'mode' }, { name: 'assignee_id', kind: 'person' }, note],
  check_pass: [note, photos],
  check_fail: [reason, photos],
  close: [{ name: 'reply', kind: 'text', required: true, rows: 3 }],
  recall: [reason],
  cancel: [reason],
}

/** Moves that nobody makes by themselves: the system's, and those that a granted request makes. Never a button. */
const SYSTEM_MOVES: ReadonlySet<string> = new Set([
  'evaluate', 'report', 'escalate', 'expire', 'raise', 'join_alert', 'request_step', 'grant_extension', 'grant_leg_extension', 'suspend', 'force_close', 'decide', 'audit', 'team_report', 'mark_points', 'gain_follower', 'lose_follower', 'follow_calendar',
])

/** The usual next step comes first and is drawn as the main button. */
const USUAL_ORDER = [
  'confirm', 'sign', 'sign_leg', 'file', 'dispatch', 'finish', 'finish_leg', 'report_verification', 'ask_check', 'check_pass', 'close', 'ask_verification', 'check_fail',
  'reply', 'contact_reporter', 'answer_reporter', 'call_back', 'assign', 'assign_team', 'co_handle', 'refuse_return', 'reject_feedback', 'refuse_close', 'ask_extension', 'ask_leg_extension', 'ask_suspension', 'resume', 'reopen', 'appeal', 'unmerge', 'take', 'merge',
  'urge', 'supervise', 'escalate_up', 'skip_level', 'assign_down', 'waive_leg', 'dismiss', 'restore', 'unshelve', 'shelve', 'take_out', 'return', 'return_leg', 'recall', 'reject', 'ask_cancel', 'ask_force_close', 'cancel',
]

/** Moves that take something away from somebody are drawn apart from those that carry it on. */
const ENDING_MOVES: ReadonlySet<string> = new Set([
  'dismiss', 'shelve', 'take_out', 'reject', 'cancel', 'recall', 'return', 'return_leg', 'ask_cancel', 'ask_force_close', 'waive_leg', 'waive', 'merge', 'refuse_return', 'reject_feedback', 'refuse_close',
])

/** Moves about an event rather than of it: offered, and never the step that carries it on. */
const SIDE_MOVES: ReadonlySet<string> = new Set(['contact_reporter', 'answer_reporter', 'call_back', 'acknowledge', 'unshelve', 'take', 'urge', 'supervise', 'escalate_up', 'skip_level', 'assign_down', 'unmerge', 'ask_extension', 'ask_leg_extension', 'ask_suspension', 'co_handle', 'reopen', 'appeal'])

export const isEnding = (move: string): boolean => ENDING_MOVES.has(move)

/** The move that carries the event on: drawn as the main button. Taking something back is never the main thing to do. */
export const mainMove = (offered: readonly AllowedMove[]): string | null => offered.find((entry) => !ENDING_MOVES.has(entry.move) && !SIDE_MOVES.has(entry.move))?.move ?? null

/** The moves to offer as buttons, the usual next step first. */
export function offeredMoves(allowed: readonly AllowedMove[]): AllowedMove[] {
  const place = (move: string): number => {
    const at = USUAL_ORDER.indexOf(move)
    return at < 0 ? USUAL_ORDER.length : at
  }
  const offered = allowed.filter((entry) => entry.available && !SYSTEM_MOVES.has(entry.move))
  // One move can leave from several states; it is one button.
  return [...new Map(offered.map((entry) => [entry.move, entry])).values()].sort((a, b) => place(a.move) - place(b.move))
}

/**
 * What to ask for a move. The back end's `needs` names everything a move takes, required or not: what the page knows of a
 * move and the back end does not name is not asked; what it names and the page does not know is asked at the end. There,
 * what is not a mere remark is taken to be required. `lacksPicture`: the type needs a picture to be filed, and there is none.
 */
export function fieldsOf(move: Pick<AllowedMove, 'move' | 'needs'>, afterPhoto = false, lacksPicture = false): Field[] {
  const asked = (field: Field): boolean => field.name !== 'no_photo_reason' || lacksPicture
  const known = (FORMS[move.move] ?? []).filter((field) => (move.needs.length === 0 || move.needs.includes(field.name)) && asked(field))
  const further = move.needs.filter((name) => !CARRIED_BY_THE_PAGE.has(name) && name !== 'no_photo_reason' && !known.some((field) => field.name === name)).map(unknownField)
  const needsPhoto = (field: Field): boolean => afterPhoto && (move.move === 'finish' || move.move === 'finish_leg') && field.kind === 'photos'
  return [...known.map((field) => ({ ...field, required: field.required || needsPhoto(field) || field.name === 'no_photo_reason' })), ...further]
}

const CARRIED_BY_THE_PAGE: ReadonlySet<string> = new Set(['version', 'lng', 'lat', 'accuracy_m', 'order_id', 'replaces_id', 'take_over'])

const KIND_OF_NAME: Readonly<Record<string, FieldKind>> = {
  attachment_ids: 'photos', before_attachment_ids: 'photos', unit_id: 'unit', proposed_unit_id: 'unit', assignee_id: 'person', type_code: 'type', condition_id: 'condition',
  level: 'level', mode: 'mode', finding: 'finding', until: 'date', reply_hours: 'hours', mandatory: 'flag', colour: 'colour', co_units: 'co_units',
  main_event_id: 'main_event', order_id: 'leg', reminder_id: 'reminder', minutes: 'minutes',
}
const REMARKS: ReadonlySet<string> = new Set(['note', 'attachment_ids', 'assignee_id', 'type_code', 'level', 'mode', 'proposed_unit_id', 'co_units', 'mandatory', 'reply_hours', 'basis'])

const unknownField = (name: string): Field => ({ name, kind: KIND_OF_NAME[name] ?? 'text', required: !REMARKS.has(name), rows: 2 })

const isBlank = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)

/** Names of the required fields that are still blank, in the order of the form. */
export function missingFields(fields: readonly Field[], values: Values): string[] {
  return fields.filter((field) => field.required && isBlank(values[field.name])).map((field) => field.name)
}

/** The body to send: texts trimmed, blanks left out so that the back end's defaults apply. */
export function payloadOf(fields: readonly Field[], values: Values): Record<string, unknown> {
  const payload: Record<string, unknown> = {}
  for (const field of fields) {
    const value = values[field.name]
    if (isBlank(value)) continue
    payload[field.name] = typeof value === 'string' ? value.trim() : value
  }
  return payload
}

/** Nothing to fill in: the button itself sends. */
export const isImmediate = (move: Pick<AllowedMove, 'move' | 'needs'>): boolean => fieldsOf(move).length === 0
