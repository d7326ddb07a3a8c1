/** What a camera looks at, drawn while its fields are still being filled in. */
import type { FeatureCollection } from 'geojson'

export interface Cone { lng: number; lat: number; bearing: number | null; angle: number | null; range: number | null }

/** Drawn, and no more than drawn, where the range is not known. */
export const USUAL_RANGE_M = 60
const METRES_PER_DEGREE = 111_195

/** The view as GeoJSON; empty where its direction is not known. */
export function coneOf({ lng, lat, bearing, angle, range }: Cone): FeatureCollection {
  const round = angle !== null && angle >= 360
  if (angle === null || (bearing === null && !round)) return { type: 'FeatureCollection', features: [] }
  const reach = range ?? USUAL_RANGE_M
  const steps = Math.max(2, Math.ceil(angle / 5))
  const first = round ? 0 : (bearing ?? 0) - angle / 2
  const arc = Array.from({ length: steps + 1 }, (_, step) => {
    const turn = ((first + (angle * step) / steps) * Math.PI) / 180
    return [lng + (reach * Math.sin(turn)) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)), lat + (reach * Math.cos(turn)) / METRES_PER_DEGREE]
  }).reverse()
  const ring = round ? arc : [[lng, lat], ...arc, [lng, lat]]
  return { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { range_known: range !== null } }] }
}
