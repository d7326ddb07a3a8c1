/** Further maps of the site as the server lists them: pictures under everything but the ground. */
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'

export interface MapSource { id: number; name: string; tiles: string; min_zoom: number; max_zoom: number; attribution: string }

/** Pictures lie over the ground and the water, under roads and everything else. */
export const UNDER = ['roads-case', 'roads-minor', 'roads-major'] as const

export const idOf = (source: MapSource): string => `further-${source.id}`

/** Only the site's own address is ever asked: what names another host is not drawn. */
export function sourceParts(source: MapSource, origin: string): { source: SourceSpecification; layer: LayerSpecification } | null {
  if (!/^\/(?!\/)/.test(source.tiles)) return null
  return {
    source: { type: 'raster', tiles: [origin + source.tiles], tileSize: 256, minzoom: source.min_zoom, maxzoom: source.max_zoom, attribution: source.attribution },
    layer: { id: idOf(source), type: 'raster', source: idOf(source) },
  }
}
