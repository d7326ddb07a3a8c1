/** Which cameras the wall shows beside the selected alarm. Pure. */
import type { AlertRow, CameraRow, Level } from '@/api/types'

const EARTH_M = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres between two points, good to a per mille within a city. */
export function metresBetween(a: { lng: number; lat: number }, b: { lng: number; lat: number }): number {
  const x = radians(b.lng - a.lng) * Math.cos(radians((a.lat + b.lat) / 2))
  return Math.hypot(x, radians(b.lat - a.lat)) * EARTH_M
}

/** `raised` is the level of the alarm this camera raised, null for those that stand near it. */
export interface ShownCamera extends CameraRow { metres: number | null; raised: Level | null }

/** The camera that raised the alarm first, then by distance from it; without an alarm as the server ordered them. */
export function camerasFor(alert: AlertRow | null, cameras: readonly CameraRow[], most = 4): ShownCamera[] {
  const usable = cameras.filter((camera) => camera.enabled)
  const shown = usable.map((camera) => ({
    ...camera,
    metres: alert ? metresBetween(alert, camera) : null,
    raised: alert !== null && alert.camera_id === camera.id ? alert.level : null,
  }))
  if (alert) shown.sort((a, b) => Number(b.raised !== null) - Number(a.raised !== null) || a.metres! - b.metres!)
  return shown.slice(0, most)
}
