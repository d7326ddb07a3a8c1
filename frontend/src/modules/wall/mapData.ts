/** What the wall's map draws, from the snapshot. Pure. */
import type { Feature, FeatureCollection } from 'geojson'
import type { AreaOutlines } from '@/api/endpoints'
import type { AlertRow, StreetFigures, WallEvent } from '@/api/types'
import type { NearOne } from './calls'
import { alarmFeatures, collection, point } from '@/shared/map/features'

const FAINTEST = 0.12
const STRONGEST = 0.42

/** Streets shaded by what is open in them: one blue ramp. */
export function streetShapes(outlines: AreaOutlines | undefined, streets: readonly StreetFigures[]): FeatureCollection {
  if (!outlines) return collection([])
  const open = new Map(streets.map((street) => [street.path, street.open]))
  const most = Math.max(1, ...open.values())
  return collection(
    outlines.features.map((outline) => ({
      ...outline,
      properties: { ...outline.properties, shade: FAINTEST + (STRONGEST - FAINTEST) * ((open.get(outline.properties.path) ?? 0) / most) },
    })),
  )
}

export function streetLabels(streets: readonly StreetFigures[], figures: (street: StreetFigures) => string): FeatureCollection {
  return collection(streets.map((street) => point(street.label[0], street.label[1], { name: street.name, figures: `\n${figures(street)}` })))
}

/** Alerts over events, the selected one largest. An event that an alert already stands for is not drawn twice. */
export function alarmShapes(alerts: readonly AlertRow[], events: readonly WallEvent[], selectedId: number | null): FeatureCollection {
  const shown = new Set(alerts.map((alert) => alert.event_id).filter((id) => id !== null))
  const features: Feature[] = [
    ...alarmFeatures(events.filter((event) => !shown.has(event.id)), 'event', () => 0),
    ...alarmFeatures([...alerts], 'alert', (alert) => (alert.id === selectedId ? 2 : 1)),
  ]
  return collection(features)
}

/** From far away only what is urgent has a mark of its own; the rest is counted per street. */
export const urgentOnly = (events: readonly WallEvent[]): WallEvent[] => events.filter((event) => event.level <= 2)

export function selectedRing(alert: AlertRow | null): FeatureCollection {
  return collection(alert ? [point(alert.lng, alert.lat, { level: alert.level })] : [])
}

export const responderDots = (responders: readonly NearOne[]): FeatureCollection =>
  collection(responders.map((responder) => point(responder.lng, responder.lat, { id: responder.id, name: responder.name })))

/** Straight lines from the nearest responders: there is no road route behind them, and they are dotted to say so. */
export function responderLinks(alert: AlertRow | null, responders: readonly NearOne[], most = 2): FeatureCollection {
  if (!alert) return collection([])
  return collection(
    responders.slice(0, most).map((responder) => ({
      type: 'Feature', properties: {},
      geometry: { type: 'LineString', coordinates: [[responder.lng, responder.lat], [alert.lng, alert.lat]] },
    })),
  )
}
