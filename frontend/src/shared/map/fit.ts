/** Fits places into a part of the screen under any pitch and bearing, where `fitBounds` would waste half the frame. */
import type { LngLatLike, PointLike } from 'maplibre-gl'

export interface Frame { left: number; top: number; right: number; bottom: number }
interface ScreenPoint { x: number; y: number }

/** The part of a map that fitting needs; a test can stand in for it. */
export interface Fittable {
  project(place: LngLatLike): ScreenPoint
  unproject(point: PointLike): { lng: number; lat: number }
  getZoom(): number
  jumpTo(options: { center?: LngLatLike; zoom?: number; pitch?: number; bearing?: number }): unknown
  getCenter(): { lng: number; lat: number }
}

const ROUNDS = 6

export function boxOf(points: readonly ScreenPoint[]): Frame {
  return points.reduce<Frame>(
    (box, point) => ({
      left: Math.min(box.left, point.x), right: Math.max(box.right, point.x), top: Math.min(box.top, point.y), bottom: Math.max(box.bottom, point.y),
    }),
    { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity },
  )
}

/** Moves the camera until the places fill the frame; a few rounds, because perspective bends every single step. */
export function fitInto(map: Fittable, places: readonly [number, number][], frame: Frame): void {
  if (places.length === 0) return
  for (let round = 0; round < ROUNDS; round++) {
    const box = boxOf(places.map((place) => map.project(place)))
    const ratio = Math.min((frame.right - frame.left) / (box.right - box.left), (frame.bottom - frame.top) / (box.bottom - box.top))
    if (!Number.isFinite(ratio) || ratio <= 0) return
    const centre = map.project(map.getCenter())
    const dx = (box.left + box.right) / 2 - (frame.left + frame.right) / 2
    const dy = (box.top + box.bottom) / 2 - (frame.top + frame.bottom) / 2
    map.jumpTo({ center: map.unproject([centre.x + dx, centre.y + dy]), zoom: map.getZoom() + Math.log2(ratio) * 0.9 })
  }
}
