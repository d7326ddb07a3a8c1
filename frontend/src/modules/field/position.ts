/** Asking the phone where it is, and saying in words why it would not tell. */
/** `manual`: chosen on the map by hand, so that no accuracy can be told. */
export interface Fix { lng: number; lat: number; accuracy_m: number; at: string; manual: boolean }
export type NoFix = 'insecure' | 'unsupported' | 'refused' | 'unavailable' | 'slow'

/** A fix less sure than this does not prove that somebody stands at the place. */
export const ROUGHEST_METRES = 100

const WAIT_MS = 15_000

export function reasonOf(code: number): NoFix {
  if (code === 1) return 'refused'
  return code === 3 ? 'slow' : 'unavailable'
}

export function currentFix(): Promise<Fix> {
  return new Promise((resolve, reject) => {
    // Browsers tell a place only to pages that came over HTTPS.
    if (!window.isSecureContext) return reject(new PositionError('insecure'))
    if (!('geolocation' in navigator)) return reject(new PositionError('unsupported'))
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          lng: round(coords.longitude), lat: round(coords.latitude), accuracy_m: Math.round(coords.accuracy),
          at: new Date(timestamp).toISOString(), manual: false,
        }),
      (failure) => reject(new PositionError(reasonOf(failure.code))),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 10_000 },
    )
  })
}

export class PositionError extends Error {
  constructor(readonly reason: NoFix) {
    super(reason)
    this.name = 'PositionError'
  }
}

/** Six decimals are 0.1 m: more would claim what no phone knows. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

const EARTH_METRES = 6_371_000

export function metresBetween(a: { lng: number; lat: number }, b: { lng: number; lat: number }): number {
  const rad = Math.PI / 180
  const x = (b.lng - a.lng) * rad * Math.cos(((a.lat + b.lat) / 2) * rad)
  const y = (b.lat - a.lat) * rad
  return Math.hypot(x, y) * EARTH_METRES
}

const STALE_AFTER_MS = 120_000

export const isStale = (fix: Pick<Fix, 'at'>, nowMs: number): boolean => nowMs - Date.parse(fix.at) > STALE_AFTER_MS
