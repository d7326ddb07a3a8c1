/** What of the list's filter the map follows: theme, kind and state, which its single points carry. Pure. */
import type { ExpressionSpecification } from 'maplibre-gl'
import type { Filter, KindRow } from './calls'

/** For the points of the map; null where all are shown. Removed sensors are on no map. */
export function pointFilter(filter: Pick<Filter, 'theme' | 'kind' | 'state'>, kinds: readonly Pick<KindRow, 'code' | 'theme'>[]): ExpressionSpecification | null {
  const ofTheme = filter.theme ? kinds.filter((kind) => kind.theme === filter.theme).map((kind) => kind.code) : null
  const wanted = filter.kind ? [filter.kind] : ofTheme
  const conditions = [...(wanted === null ? [] : [['in', ['get', 'kind'], ['literal', wanted]]]), ...(filter.state === '' ? [] : [['==', ['get', 'state'], filter.state]])]
  return conditions.length === 0 ? null : (['all', ...conditions] as ExpressionSpecification)
}

/** The kinds under their themes, in the order of the table. */
export const byTheme = (kinds: readonly KindRow[]): [string, string, KindRow[]][] =>
  [...new Map(kinds.map((kind) => [kind.theme, kind.theme_name]))].map(([theme, name]) => [theme, name, kinds.filter((kind) => kind.theme === theme)])

/** What it measures, in words: the unit, or the two things it tells. */
export const measureOf = (kind: KindRow | undefined): string => (kind === undefined ? '' : kind.form === 'number' ? kind.unit : `${kind.no_word} / ${kind.yes_word}`)
