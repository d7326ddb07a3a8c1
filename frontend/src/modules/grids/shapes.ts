/** What the map of the editor draws, and how a pencil finds corners that are there already. Pure. */
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson'
import type { Finding, PlannedArea } from './calls'

export type Point = [number, number]

const feature = (geometry: Geometry, properties: Record<string, unknown>): Feature => ({ type: 'Feature', geometry, properties })
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

/** Areas as the draft would leave them. `mark` is the change, so that one look tells what is new, other or gone. */
export const planFeatures = (areas: readonly PlannedArea[], chosen: ReadonlySet<string>): FeatureCollection =>
  collection(
    areas.map((area) =>
      feature(area.geometry as unknown as Geometry, { ref: area.ref, name: area.name, level: area.level, mark: area.change || 'same', chosen: chosen.has(area.ref) }),
    ),
  )

/** Outlines as published, where the draft has others: what they were stays visible under what they become. */
export const beforeFeatures = (areas: readonly PlannedArea[]): FeatureCollection =>
  collection(areas.flatMap((area) => (area.before ? [feature(area.before as unknown as Geometry, { ref: area.ref })] : [])))

export const findingFeatures = (finding: Finding | null): FeatureCollection =>
  collection(finding?.geometry ? [feature(finding.geometry as unknown as Geometry, { kind: finding.kind })] : [])

/** Names at the middle of their areas' boxes; of what is closed nothing is written. */
export const nameFeatures = (areas: readonly PlannedArea[]): FeatureCollection =>
  collection(
    areas
      .filter((area) => area.change !== 'close' && area.level === 'grid')
      .map((area) => {
        const [west, south, east, north] = boundsOf([area])!
        return feature({ type: 'Point', coordinates: [(west + east) / 2, (south + north) / 2] }, { name: `${area.name}\n${area.code.slice(-4)}` })
      }),
  )

/** What the pencil has drawn so far, with the place where it stands. `handles` are corners that may be dragged. */
export function pencilFeatures(points: readonly Point[], at: Point | null, closed: boolean, handles: boolean): FeatureCollection {
  const drawn = at ? [...points, at] : [...points]
  const features: Feature[] = points.map((point, index) => feature({ type: 'Point', coordinates: point }, { corner: index, kind: handles ? 'handle' : 'corner' }))
  if (handles) {
    for (let index = 0; index + 1 < points.length; index++) {
      const [one, other] = [points[index]!, points[index + 1]!]
      features.push(feature({ type: 'Point', coordinates: [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2] }, { corner: index, kind: 'middle' }))
    }
  }
  if (closed && drawn.length > 2) features.push(feature({ type: 'Polygon', coordinates: [[...drawn, drawn[0]!]] }, {}))
  else if (drawn.length > 1) features.push(feature({ type: 'LineString', coordinates: drawn }, {}))
  return collection(features)
}

function rings(geometry: Geometry): Position[][] {
  if (geometry.type === 'Polygon') return geometry.coordinates
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat()
  return []
}

export const ringsOf = (areas: readonly PlannedArea[]): Position[][] => areas.flatMap((area) => rings(area.geometry as unknown as Geometry))

/** West, south, east, north of areas; null where there are none. */
export function boundsOf(areas: readonly PlannedArea[]): [number, number, number, number] | null {
  let found: [number, number, number, number] | null = null
  for (const ring of ringsOf(areas)) {
    for (const [lng, lat] of ring as Point[]) {
      found = found === null ? [lng, lat, lng, lat] : [Math.min(found[0], lng), Math.min(found[1], lat), Math.max(found[2], lng), Math.max(found[3], lat)]
    }
  }
  return found
}

/**
 * The corner, or else the place on an edge, nearest to a point within `reach` degrees of latitude; the point itself where
 * nothing is near. Corners win: two areas that share one keep sharing it.
 */
export function snapped(point: Point, lines: readonly Position[][], reach: number): Point {
  const flat = Math.cos((point[1] * Math.PI) / 180)
  const far = (to: Point): number => Math.hypot((to[0] - point[0]) * flat, to[1] - point[1])
  let corner: Point | null = null
  let edge: Point | null = null
  for (const line of lines) {
    for (let index = 0; index < line.length; index++) {
      const here = line[index] as Point
      if (far(here) < reach && (corner === null || far(here) < far(corner))) corner = here
      const next = line[index + 1] as Point | undefined
      if (next === undefined) continue
      const on = nearestOn(point, here, next, flat)
      if (far(on) < reach && (edge === null || far(on) < far(edge))) edge = on
    }
  }
  const found = corner ?? edge
  return found ? [found[0], found[1]] : point
}

function nearestOn(point: Point, one: Point, other: Point, flat: number): Point {
  const across = (other[0] - one[0]) * flat
  const up = other[1] - one[1]
  const length = across * across + up * up
  if (length === 0) return one
  const along = Math.max(0, Math.min(1, ((point[0] - one[0]) * flat * across + (point[1] - one[1]) * up) / length))
  return [one[0] + (other[0] - one[0]) * along, one[1] + (other[1] - one[1]) * along]
}

/** Degrees of latitude that `pixels` of the screen cover at this zoom (tiles of 512 px). */
export const degreesOf = (pixels: number, zoom: number, latitude: number): number =>
  ((pixels * 360) / (512 * 2 ** zoom)) * Math.cos((latitude * Math.PI) / 180)
