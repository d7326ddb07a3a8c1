/** What of a file the map is led to first: pure. */
import type { FeatureCollection, Position } from 'geojson'
import { outlinePoints } from '@/shared/map/features'

/** A datum or a wrong strip moves a file by kilometres; a shape this far away is a fault of its own. Degrees. */
const NEAR = 0.25

function boxOf(corners: readonly Position[]): [number, number, number, number] | null {
  if (corners.length === 0) return null
  const lngs = corners.map(([lng]) => lng!)
  const lats = corners.map(([, lat]) => lat!)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}

/** The shapes around what is published, so that a single stray one does not lead the map into the void; all, where none is there. */
export function framed(published: FeatureCollection, incoming: FeatureCollection): FeatureCollection {
  const ground = boxOf(outlinePoints(published as never))
  if (ground === null) return incoming
  const [west, south, east, north] = ground
  const near = incoming.features.filter((feature) => {
    const box = boxOf(outlinePoints({ type: 'FeatureCollection', features: [feature] } as never))
    return box !== null && box[0] < east + NEAR && box[2] > west - NEAR && box[1] < north + NEAR && box[3] > south - NEAR
  })
  return near.length > 0 ? { ...incoming, features: near } : incoming
}
