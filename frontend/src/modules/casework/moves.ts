/**
 * The form each move of the lifecycle asks for. Which moves a person may make comes from the API (`allowed_moves`);
 * here stands only what to ask them before it is sent.
 */
import type { AllowedMove } from '@/api/types'

export type FieldKind = 'text' | 'finding' | 'condition' | 'type' | 'level' | 'unit' | 'person' | 'mode' | 'dismissal' | 'photos'

export interface Field {
  name: string
  kind: FieldKind
  required?: boolean
  rows?: number
}

export type FieldValue = string | number | boolean | number[] | null
export type Values = Record<string, FieldValue>

const note: Field = { name: 'note', kind: 'text', rows: 2 }
const reason: Field = { name: 'reason', kind: 'text', required: true, rows: 3 }
const photos: Field = { name: 'attachment_ids', kind: 'photos' }

const FORMS: Readonly<Record<string, readonly Field[]>> = {
  confirm: [{ name: 'type_code', kind: 'type' }, { name: 'level', kind: 'level' }, note],
  dismiss: [{ name: 'reason', kind: 'dismissal', required: true }, note],
  restore: [],
  ask_verification: [{ name: 'assignee_id', kind: 'person' }, note],
  report_verification: [{ name: 'finding', kind: 'finding', required: true }, { ...note, required: true, rows: 3 }],
  file: [{ name: 'type_code', kind: 'type' }, { name: 'condition_id', kind: 'condition', required: true }, { name: 'level', kind: 'level' }, note],
  reject: [reason],
  dispatch: [{ name: 'unit_id', kind: 'unit', required: true }, note],
  sign: [],
  finish: [{ ...note, required: true, rows: 4 }, photos],
  ask_check: [{ name: 'mode', kind: 'mode' }, { name: 'assignee_id', kind: 'person' }, note],
  check_pass: [note, photos],
  check_fail: [reason, photos],
  close: [{ name: 'reply', kind: 'text', required: true, rows: 3 }],
  recall: [reason],
  cancel: [reason],
}

/** Moves that only the system makes: never a button, whatever the answer says. */
const SYSTEM_MOVES: ReadonlySet<string> = new Set(['evaluate', 'report', 'resume', 'escalate', 'expire', 'raise'])

/** The usual next step comes first and is drawn as the main button. */
const USUAL_ORDER = [
  'confirm', 'sign', 'file', 'dispatch', 'finish', 'report_verification', 'ask_check', 'check_pass', 'close', 'ask_verification', 'check_fail',
  'dismiss', 'restore', 'recall', 'reject', 'cancel',
]

/** Moves that take something away from somebody are drawn apart from those that carry it on. */
const ENDING_MOVES: ReadonlySet<string> = new Set(['dismiss', 'reject', 'cancel', 'recall'])

export const isEnding = (move: string): boolean => ENDING_MOVES.has(move)

/** The move that carries the event on: drawn as the main button. Taking something back is never the main thing to do. */
export const mainMove = (offered: readonly AllowedMove[]): string | null => offered.find((entry) => !ENDING_MOVES.has(entry.move) && entry.move !== 'acknowledge')?.move ?? null

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
 * What to ask for a move. The back end's `needs` names everything a move takes, required or not; for a move that this
 * page does not know, what is not a mere remark is taken to be required.
 */
export function fieldsOf(move: Pick<AllowedMove, 'move' | 'needs'>, afterPhoto = false): Field[] {
  const known = FORMS[move.move]
  if (known !== undefined) return known.map((field) => ({ ...field, required: field.required || (afterPhoto && move.move === 'finish' && field.kind === 'photos') }))
  return move.needs.filter((name) => !CARRIED_BY_THE_PAGE.has(name)).map(unknownField)
}

const CARRIED_BY_THE_PAGE: ReadonlySet<string> = new Set(['version', 'lng', 'lat', 'accuracy_m'])

const KIND_OF_NAME: Readonly<Record<string, FieldKind>> = {
  attachment_ids: 'photos', unit_id: 'unit', assignee_id: 'person', type_code: 'type', condition_id: 'condition', level: 'level', mode: 'mode', finding: 'finding',
}
const REMARKS: ReadonlySet<string> = new Set(['note', 'attachment_ids', 'assignee_id', 'type_code', 'level', 'mode'])

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
