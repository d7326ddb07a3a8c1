/** The desk's light map for people without an account: the same roads and names, from the tiles that everybody may see. */
import type { StyleSpecification } from 'maplibre-gl'
import { fontFaces } from '@/shared/map/fonts'
import { mapStyle } from '@/shared/map/style'

const HIDDEN = new Set(['buildings', 'alarms', 'responders', 'links', 'street-labels', 'streets', 'places'])

export function citizenStyle(origin: string): StyleSpecification {
  const full = mapStyle('desk', { scale: 1.1, extrude: false, origin, fonts: fontFaces(origin) })
  const sources = Object.fromEntries(Object.entries(full.sources).filter(([name]) => !HIDDEN.has(name)))
  return {
    ...full,
    sources: { ...sources, base: { type: 'vector', tiles: [`${origin}/tiles/public/{z}/{x}/{y}.mvt`], minzoom: 8, maxzoom: 15 } },
    layers: full.layers.filter((layer) => !('source' in layer && HIDDEN.has(layer.source))),
  }
}
