/** From rows to what the map draws: pure, so that what appears on it can be tested without a map. */
import type { Feature, FeatureCollection, Point } from 'geojson'
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
