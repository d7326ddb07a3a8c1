import { useQuery } from '@tanstack/vue-query'
import type { FeatureCollection } from 'geojson'
import { computed } from 'vue'
import { fetchAreaOutlines, type AreaOutlines } from '@/api/endpoints'
import type { AreaLevel } from '@/api/types'
import { collection, point } from '@/shared/map/features'

const outlinesOf = (level: AreaLevel) =>
  useQuery({ queryKey: ['areas', 'outlines', level], queryFn: () => fetchAreaOutlines(level), staleTime: Infinity })

const labelsOf = (outlines: AreaOutlines | undefined, figures: string): FeatureCollection =>
  collection(
    (outlines?.features ?? []).map(({ properties }) => point(properties.label[0], properties.label[1], { name: properties.name, level: properties.level, figures })),
  )

/** Outlines and names of the division tree under every light map. They change with the tree, which is rare. */
export function useGround() {
  const streets = outlinesOf('street')
  const communities = outlinesOf('community')
  const ground = computed(() => ({
    streets: (streets.data.value ?? collection([])) as FeatureCollection,
    'street-labels': labelsOf(streets.data.value, ''),
    places: labelsOf(communities.data.value, ''),
  }))
  const streetNames = computed(() =>
    (streets.data.value?.features ?? []).map(({ properties }) => ({ path: properties.path, name: properties.name })).sort((a, b) => a.path.localeCompare(b.path)),
  )
  return { ground, streetNames }
}
