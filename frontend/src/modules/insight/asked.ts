/** What is asked of the figures, as it stands in the address. Pure. */
import type { Role } from '@/api/types'
import type { FigureQuery } from './calls'
import { lastDays, type Days } from './figures'

export const TABS = ['running', 'handling', 'repeats', 'assessment', 'risk', 'alarms'] as const
export type Tab = (typeof TABS)[number]
export const USUAL_DAYS = 30
const OF_AREAS: readonly Role[] = ['assessor', 'leader', 'duty_chief', 'acceptor', 'dispatcher', 'grid_leader']
/** A department sees what it led itself; places and alarms are for those who answer for an area. */
const FOR_DEPARTMENTS: readonly Tab[] = ['running', 'handling', 'assessment']

export const answersForArea = (roles: readonly Role[]): boolean => roles.some((role) => OF_AREAS.includes(role))
export const tabsOf = (roles: readonly Role[]): readonly Tab[] => (answersForArea(roles) ? TABS : FOR_DEPARTMENTS)

type Address = Readonly<Record<string, unknown>>
const said = (address: Address, name: string): string => (typeof address[name] === 'string' ? (address[name] as string) : '')

export function daysOf(address: Address, nowMs: number): Days {
  const usual = lastDays(USUAL_DAYS, nowMs)
  return { first: said(address, 'first') || usual.first, last: said(address, 'last') || usual.last }
}

/** The query for the server; what is not chosen is left out. */
export function askedOf(address: Address, nowMs: number): FigureQuery {
  const [area, type, source, unit] = ['area', 'type_code', 'source', 'unit'].map((name) => said(address, name))
  return {
    ...daysOf(address, nowMs), ...(area ? { area } : {}), ...(type ? { type_code: type } : {}),
    ...(source ? { source: source as NonNullable<FigureQuery['source']> } : {}), ...(/^\d{1,15}$/.test(unit ?? '') ? { unit: Number(unit) } : {}),
  }
}
