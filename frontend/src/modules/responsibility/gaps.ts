/** What the list and the map show of gaps: pure. */
import type { Feature, FeatureCollection } from 'geojson'
import type { GridGap, Lack } from './calls'

/** The outlines of grids where somebody is missing, each with the gravest lack: nobody on duty before no worker before no leader. */
export function gapFeatures(outlines: FeatureCollection | undefined, gaps: readonly GridGap[], lack: Lack | ''): FeatureCollection {
  const byPath = new Map(gaps.map((gap) => [gap.path, gap]))
  const features: Feature[] = []
  for (const feature of outlines?.features ?? []) {
    const gap = byPath.get(String(feature.properties?.path))
    if (!gap || (lack && !gap.lacks.includes(lack))) continue
    features.push({ ...feature, properties: { path: gap.path, name: gap.name, gap: gravest(gap.lacks), label: feature.properties?.label } })
  }
  return { type: 'FeatureCollection', features }
}

export const gravest = (lacks: readonly Lack[]): Lack => (['on_duty', 'full_time', 'leader'] as const).find((one) => lacks.includes(one)) ?? 'leader'
export const having = (gaps: readonly GridGap[], lack: Lack | ''): GridGap[] => gaps.filter((gap) => !lack || gap.lacks.includes(lack))
