/** What is being drawn: zones and masks as a form holds them, what of it is wrong, and what is sent. */
import type { Algorithm, MaskBody, MaskRow, Parameter, Schedule, ZoneBody, ZoneRow } from './calls'
import { shapeFault, type Point, type Shape, type ShapeFault } from './geometry'

export interface Draft {
  /** Of this page only: it stays while the row it was made of is changed, or does not exist yet. */
  key: string
  kind: 'zone' | 'mask'
  name: string
  shape: Shape
  polygon: Point[]
  algorithm: string
  /** As typed; empty where the algorithm's own value holds. */
  parameters: Record<string, string>
  night: Record<string, string>
  sensitivity: 'low' | 'normal' | 'high'
  nightBy: 'sun' | 'picture'
  schedule: Schedule
  stillAfter: string
  coolDown: string
  typeCode: string
  level: '' | '1' | '2' | '3' | '4'
  enabled: boolean
  /** Of a mask: it is painted over in whatever anybody is shown. */
  hides: boolean
}
/** The row that a draft was made of. */
export type Base = { kind: 'zone'; row: ZoneRow } | { kind: 'mask'; row: MaskRow }
export type Field = 'name' | 'polygon' | 'shape' | 'schedule' | 'stillAfter' | 'coolDown' | `parameters.${string}` | `night_parameters.${string}`
export type Fault = ShapeFault | 'required' | 'not_a_number' | 'not_whole' | 'range' | 'no_hours' | 'line_needed' | 'area_needed'

const texts = (values: Record<string, unknown>): Record<string, string> => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
const points = (polygon: readonly (readonly number[])[]): Point[] => polygon.map((point) => [point[0]!, point[1]!])

export function newDraft(kind: Draft['kind'], key: string, polygon: Point[], part: Partial<Draft> = {}): Draft {
  return {
    key, kind, name: '', shape: 'area', polygon, algorithm: '', parameters: {}, night: {}, sensitivity: 'normal', nightBy: 'sun', schedule: { windows: [], light: 'any' },
    stillAfter: '', coolDown: '', typeCode: '', level: '', enabled: true, hides: false, ...part,
  }
}

export function zoneDraft(row: ZoneRow): Draft {
  return newDraft('zone', `zone-${row.id}`, points(row.polygon), {
    name: row.name, shape: row.shape, algorithm: row.algorithm, parameters: texts(row.parameters), night: texts(row.night_parameters), sensitivity: row.sensitivity, nightBy: row.night_by,
    schedule: { windows: row.schedule.windows ?? [], light: row.schedule.light ?? 'any' }, stillAfter: row.ignore_still_after_seconds?.toString() ?? '', coolDown: row.cool_down_seconds?.toString() ?? '',
    typeCode: row.type_code, level: (row.level?.toString() ?? '') as Draft['level'], enabled: row.enabled,
  })
}
export const maskDraft = (row: MaskRow): Draft => newDraft('mask', `mask-${row.id}`, points(row.polygon), { name: row.name, hides: row.hides })
export const draftOf = (base: Base): Draft => (base.kind === 'zone' ? zoneDraft(base.row) : maskDraft(base.row))

export const number = (text: string): number | null => (text.trim() === '' ? null : Number(text))
/** Empty ones are left to the algorithm; what is no number is sent as it is and refused in words. */
function sent(values: Record<string, string>, declared: readonly Parameter[]): Record<string, number | string> {
  const kinds = new Map(declared.map((one) => [one.name, one.type]))
  const filled = Object.entries(values).filter(([, text]) => text.trim() !== '')
  return Object.fromEntries(filled.map(([name, text]) => [name, kinds.get(name) === 'choice' || !Number.isFinite(Number(text)) ? text : Number(text)]))
}

export function zoneBody(draft: Draft, algorithm: Algorithm | undefined): ZoneBody {
  return {
    name: draft.name.trim(), shape: draft.shape, polygon: draft.polygon, algorithm: draft.algorithm, parameters: sent(draft.parameters, algorithm?.parameters ?? []), sensitivity: draft.sensitivity,
    night_by: draft.nightBy, night_parameters: sent(draft.night, algorithm?.parameters ?? []), schedule: draft.schedule, ignore_still_after_seconds: algorithm?.keeps_still ? null : number(draft.stillAfter),
    cool_down_seconds: number(draft.coolDown), type_code: draft.typeCode, level: number(draft.level), enabled: draft.enabled,
  }
}
export const maskBody = (draft: Draft): MaskBody => ({ name: draft.name.trim(), polygon: draft.polygon, hides: draft.hides })

/** Whether sending it would change anything. */
export function isChanged(draft: Draft, base: Base | undefined): boolean {
  return base === undefined || JSON.stringify(draft) !== JSON.stringify({ ...draftOf(base), key: draft.key })
}

/** What is drawn for the mode that is chosen. */
export function neededShape(algorithm: Algorithm | undefined, parameters: Record<string, string>): Shape {
  if (algorithm === undefined) return 'area'
  const mode = parameters.mode || String(algorithm.parameters.find((one) => one.name === 'mode')?.default ?? 'default')
  return algorithm.shapes[mode] ?? algorithm.shapes.default ?? 'area'
}

/** The value that holds where the form says nothing: by sensitivity, after dark by the algorithm's own night. */
export function usual(algorithm: Algorithm, parameter: Parameter, draft: Pick<Draft, 'sensitivity' | 'parameters'>, dark = false): string {
  const chosen = dark ? draft.parameters[parameter.name]?.trim() : ''
  const value = algorithm.sensitivity[draft.sensitivity]?.[parameter.name]
  const byNight = dark ? algorithm.night[parameter.name] : undefined
  return chosen || String(byNight ?? value ?? parameter.default)
}

/** The number that holds now. */
export function inForce(algorithm: Algorithm, name: string, draft: Draft, dark: boolean): number {
  const parameter = algorithm.parameters.find((one) => one.name === name)
  const text = (dark && draft.night[name]?.trim()) || draft.parameters[name]?.trim() || (parameter ? usual(algorithm, parameter, draft, dark) : '')
  return Number(text)
}

function parameterFault(parameter: Parameter, text: string | undefined): Fault | null {
  if (!text?.trim() || parameter.type === 'choice') return null
  const value = Number(text)
  if (!Number.isFinite(value)) return 'not_a_number'
  if (parameter.type === 'integer' && !Number.isInteger(value)) return 'not_whole'
  return (parameter.minimum !== null && value < parameter.minimum) || (parameter.maximum !== null && value > parameter.maximum) ? 'range' : null
}
function secondsFault(text: string, least: number): Fault | null {
  const value = number(text)
  if (value === null) return null
  if (!Number.isFinite(value)) return 'not_a_number'
  return value < least || value > 86_400 ? 'range' : null
}

export function faultsOf(draft: Draft, algorithm: Algorithm | undefined): Partial<Record<Field, Fault>> {
  const found: [Field, Fault | null][] = [['name', draft.name.trim() === '' ? 'required' : null], ['polygon', shapeFault(draft.polygon, draft.shape)]]
  if (draft.kind === 'zone' && algorithm) {
    const needed = neededShape(algorithm, draft.parameters)
    found.push(['shape', needed === draft.shape ? null : needed === 'line' ? 'line_needed' : 'area_needed'])
    for (const one of algorithm.parameters) {
      found.push([`parameters.${one.name}`, parameterFault(one, draft.parameters[one.name])], [`night_parameters.${one.name}`, parameterFault(one, draft.night[one.name])])
    }
    found.push(['coolDown', secondsFault(draft.coolDown, 0)], ['stillAfter', algorithm.keeps_still ? null : secondsFault(draft.stillAfter, 10)])
    found.push(['schedule', draft.schedule.windows?.some((window) => window.days.length === 0 || window.begins === window.ends) ? 'no_hours' : null])
  }
  return Object.fromEntries(found.filter((one): one is [Field, Fault] => one[1] !== null)) as Partial<Record<Field, Fault>>
}

/** The platform's names of fields, as this form calls them. */
export function fieldOf(told: string): string {
  if (told.startsWith('schedule')) return 'schedule'
  return { ignore_still_after_seconds: 'stillAfter', cool_down_seconds: 'coolDown', type_code: 'typeCode' }[told] ?? told
}

/** In what two versions differ, for whoever has to choose. */
export function differences(mine: Draft, theirs: Draft): { field: keyof Draft; mine: string; theirs: string }[] {
  const fields = Object.keys(mine).filter((field) => field !== 'key') as (keyof Draft)[]
  const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return fields.map((field) => ({ field, mine: shown(mine[field]), theirs: shown(theirs[field]) })).filter((one) => one.mine !== one.theirs)
}
