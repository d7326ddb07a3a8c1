/** What the map of duty zones draws, and what a zone that is being drawn would be sent as. Pure. */
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from 'geojson'
import type { Point } from '@/modules/grids/shapes'
import { isExclusive, type Kind, type Zone } from './calls'

const feature = (geometry: Geometry, properties: Record<string, unknown>): Feature => ({ type: 'Feature', geometry, properties })
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

/** Unit grids: `picked` for the zone in hand, `other` where somebody else answers, `free` where nobody does. */
export function unitFeatures(units: FeatureCollection, picked: ReadonlySet<string>, own: number | null): FeatureCollection {
  const markOf = (properties: Feature['properties']): string => {
    if (picked.has(String(properties?.code))) return 'picked'
    const zone = properties?.zone as number | null | undefined
    return zone === null || zone === undefined || zone === own ? 'free' : 'other'
  }
  return collection(units.features.map((one) => ({ ...one, properties: { ...one.properties, mark: markOf(one.properties) } })))
}

/** Outlines of zones with their names; the one whose outline is being drawn is left to the pencil. */
export const zoneFeatures = (zones: readonly Zone[], chosen: number | null, drawn: number | null): FeatureCollection =>
  collection(zones.filter((zone) => zone.id !== drawn).map((zone) =>
    feature(zone.geometry as unknown as Geometry, { zone: zone.id, name: zone.name, exclusive: isExclusive(zone.kind), chosen: zone.id === chosen })))

const polygonsOf = (geometry: Geometry): Position[][][] => {
  if (geometry.type === 'MultiPolygon') return (geometry as MultiPolygon).coordinates
  return geometry.type === 'Polygon' ? [(geometry as Polygon).coordinates] : []
}

/** The corners of an outline that a pencil can move: of one piece without holes; null of any other. */
export function cornersOf(geometry: Geometry): Point[] | null {
  const polygons = polygonsOf(geometry)
  const ring = polygons[0]?.[0]
  if (polygons.length !== 1 || polygons[0]!.length !== 1 || ring === undefined) return null
  return ring.slice(0, -1).map(([lng, lat]) => [lng!, lat!])
}

export const ringsOf = (shapes: FeatureCollection): Position[][] => shapes.features.flatMap((one) => (one.geometry ? polygonsOf(one.geometry).flat() : []))

/** West, south, east, north; null where nothing is drawn. */
export function boundsOf(shapes: FeatureCollection): [number, number, number, number] | null {
  const corners = ringsOf(shapes).flat()
  if (corners.length === 0) return null
  return corners.reduce<[number, number, number, number]>(
    (box, [lng, lat]) => [Math.min(box[0], lng!), Math.min(box[1], lat!), Math.max(box[2], lng!), Math.max(box[3], lat!)],
    [Infinity, Infinity, -Infinity, -Infinity],
  )
}

export interface Content { name: string; person_id: number | null; unit_grids: string[]; outline: Record<string, unknown> | null }
export interface InHand { kind: Kind; name: string; person: number | null; picked: ReadonlySet<string>; points: readonly Point[]; before: Zone | null }
export const FEWEST_CORNERS = 3

/** What is sent. An outline that was not drawn anew stays as it was. */
export function contentOf(zone: InHand): Content {
  const drawn = zone.points.length >= FEWEST_CORNERS ? { type: 'Polygon', coordinates: [[...zone.points, zone.points[0]!]] } : ((zone.before?.geometry ?? null) as Content['outline'])
  return {
    name: zone.name.trim(), person_id: zone.person,
    unit_grids: isExclusive(zone.kind) ? [] : [...zone.picked].sort(),
    outline: isExclusive(zone.kind) ? drawn : null,
  }
}

export type Missing = 'name' | 'units' | 'outline'
export function missingOf(zone: InHand): Missing[] {
  const content = contentOf(zone)
  return [
    ...(content.name === '' ? ['name' as const] : []),
    ...(!isExclusive(zone.kind) && content.unit_grids.length === 0 ? ['units' as const] : []),
    ...(isExclusive(zone.kind) && content.outline === null ? ['outline' as const] : []),
  ]
}
