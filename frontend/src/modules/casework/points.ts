/** The hidden-danger points of a procedure: what is sent when somebody has looked at them. Pure. */
import type { Progress } from '@/api/types'

export type Link = Progress['scenes'][number]['links'][number]
export type Point = Link['points'][number]
export type Finding = Point['finding']
export interface Mark { number: number; finding: Finding; remark: string; version: number }

export const FINDINGS = ['not_found', 'found', 'not_applicable'] as const

/** What is left of a link, marked as in order by one click; what somebody has marked stays as it is. */
export const restOf = (link: Link): Mark[] =>
  link.points.filter((point) => point.finding === '').map((point) => ({ number: point.number, finding: 'not_found', remark: '', version: point.version }))

export const markedOf = (points: readonly Point[]): number => points.filter((point) => point.finding !== '').length

/** A step that is over its limit: still at hand after it, or done too late. */
export const isOver = (step: Pick<Progress['steps'][number], 'due_at' | 'ended_at'>, nowMs: number): boolean =>
  step.due_at !== null && (step.ended_at === null ? nowMs : Date.parse(step.ended_at)) > Date.parse(step.due_at)
