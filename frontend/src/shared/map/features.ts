/** From rows to what the map draws: pure, so that what appears on it can be tested without a map. */
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson'
import type { Level } from '@/api/types'

interface Placed { id: number; lng: number; lat: number; level: Level; title: string }

export const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

export const point = (lng: number, lat: number, properties: Record<string, unknown>): Feature<Point> => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lng, lat] },
  properties,
})

/** Emphasis 2 is the one looked at, 1 what still needs somebody, 0 the rest. */
export function alarmFeatures<Row extends Placed>(rows: Row[], kind: 'alert' | 'event', emphasis: (row: Row) => 0 | 1 | 2): Feature<Point>[] {
  return rows.map((row) => point(row.lng, row.lat, { kind, id: row.id, level: row.level, title: row.title, emphasis: emphasis(row) }))
}

/** The corners of outlines, thinned: what a camera must show to show all of them. */
export function outlinePoints(outlines: FeatureCollection<Polygon | MultiPolygon> | undefined, most = 400): [number, number][] {
  const corners: [number, number][] = []
  for (const { geometry } of outlines?.features ?? []) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    for (const [ring] of polygons) for (const [lng, lat] of ring ?? []) corners.push([lng!, lat!])
  }
  const step = Math.max(1, Math.ceil(corners.length / most))
  return corners.filter((_, index) => index % step === 0)
}
