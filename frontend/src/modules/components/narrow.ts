/** What of the list's filter the map follows: type and state, which its single points carry. Pure. */
import type { ExpressionSpecification } from 'maplibre-gl'
import type { ComponentType, Filter } from './calls'

export interface Narrowing { types: string[] | null; state: string }

/** `types` are the codes that are wanted, null for all. Bins from afar count every type, so that they are not narrowed. */
export function narrowingOf(filter: Pick<Filter, 'main_class' | 'type_code' | 'state' | 'due'>, kinds: readonly Pick<ComponentType, 'code' | 'main_class'>[]): Narrowing {
  if (filter.due) return { types: null, state: '' }
  const ofClass = filter.main_class ? kinds.filter((kind) => kind.main_class === filter.main_class).map((kind) => kind.code) : null
  return { types: filter.type_code ? [filter.type_code] : ofClass, state: filter.state }
}

export const isNarrowed = (narrowing: Narrowing): boolean => narrowing.types !== null || narrowing.state !== ''

/** For the points of the map; null where all are shown. */
export function pointFilter({ types, state }: Narrowing): ExpressionSpecification | null {
  const conditions = [...(types === null ? [] : [['in', ['get', 'type'], ['literal', types]]]), ...(state === '' ? [] : [['==', ['get', 'state'], state]])]
  return conditions.length === 0 ? null : (['all', ...conditions] as ExpressionSpecification)
}
