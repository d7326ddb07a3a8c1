/** Who handles a case together with the lead, and to whom it can be handed down. Pure. */
import type { OrgUnit, Progress, Routing } from '@/api/types'
import type { CoUnit } from './moves'

/** The departments that the case's procedure plans beside the lead and that hold no leg yet: one click opens them all. */
export function plannedCoUnits(progress: Progress | null, lead: number | null): CoUnit[] {
  return (progress?.legs ?? []).flatMap(({ part, unit, order_id, mandatory }) =>
    part === 'lead' || unit === null || order_id !== null || unit.id === lead ? [] : [{ unit_id: unit.id, mandatory }],
  )
}

/** The departments that the rules of routing ask to help; whether their leg holds the finish is for the dispatcher to say. */
export function routedCoUnits(routing: Pick<Routing, 'co_units'> | null, lead: number | null): CoUnit[] {
  return (routing?.co_units ?? []).filter((unit) => unit.id !== lead).map((unit) => ({ unit_id: unit.id, mandatory: false }))
}

/** Centres below the owner that answer for the event's place: whom it can be assigned down to. */
export function centresBelow(centres: readonly OrgUnit[], owner: number, areaPath: string): OrgUnit[] {
  const above = centres.find((centre) => centre.id === owner)?.area_path ?? ''
  const covers = (path: string): boolean => path !== '' && (areaPath === path || areaPath.startsWith(`${path}.`))
  return centres.filter((centre) => centre.id !== owner && covers(centre.area_path ?? '') && (centre.area_path ?? '').length > above.length)
}
