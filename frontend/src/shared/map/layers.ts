/**
 * Layers that a page may switch on over its map: pure data. Tiles and GeoJSON come from the own server; what is drawn
 * depends on what the reader may see, which the server decides.
 */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl'
import { LIGHT, type Palette } from './palette'
import { drawSigns, signName } from './sensorSigns'
import type { ShapeImage } from './shapes'

export const EXTRA_LAYERS = ['components', 'unit-grids', 'duty-zones', 'cameras', 'sensors', 'past-events'] as const
export type ExtraLayer = (typeof EXTRA_LAYERS)[number]
/** From here on components stand on the map one by one; below they are counted in bins. */
export const SINGLE_FROM = 16
export const COMPONENT_POINTS = 'component-points'
/** Sensors are few: they stand one by one from further off. */
export const SENSORS_SINGLE_FROM = 12
export const SENSOR_POINTS = 'sensor-points'

export interface LayerParts { source: SourceSpecification; layers: LayerSpecification[]; /** GeoJSON that is fetched, not tiled. */ address?: string; /** Signs that its layers name, drawn when it is first wanted. */ pictures?: () => ShapeImage[] }

const expression = (value: unknown): ExpressionSpecification => value as ExpressionSpecification
const tiles = (origin: string, name: string, stamp: number): string[] => [`${origin}/tiles/${name}/{z}/{x}/{y}.mvt${stamp ? `?v=${stamp}` : ''}`]

/** `stamp` grows when the page knows of a change: the browser then asks for the tiles again. */
export function layerParts(layer: ExtraLayer, origin: string, stamp = 0, palette: Palette = LIGHT): LayerParts {
  return { components, 'unit-grids': unitGrids, 'duty-zones': dutyZones, cameras, sensors, 'past-events': pastEvents }[layer](origin, stamp, palette)
}

function components(origin: string, stamp: number, palette: Palette): LayerParts {
  const of = { source: 'components', 'source-layer': 'components' } as const
  const faulty = expression(['in', ['get', 'state'], ['literal', ['damaged', 'lost']]])
  return {
    source: { type: 'vector', tiles: tiles(origin, 'components', stamp), minzoom: 8, maxzoom: 18 },
    layers: [
      {
        id: 'component-bins', type: 'circle', ...of, maxzoom: SINGLE_FROM,
        paint: {
          'circle-radius': expression(['interpolate', ['linear'], ['log10', ['max', 1, ['get', 'n']]], 0, 1.6, 2, 3.4, 4, 5]),
          'circle-color': palette.areaStrong,
          'circle-opacity': expression(['interpolate', ['linear'], ['log10', ['max', 1, ['get', 'n']]], 0, 0.45, 2, 0.75, 4, 0.95]),
          'circle-stroke-color': palette.text,
          'circle-stroke-width': expression(['case', ['>', ['get', 'faulty'], ['*', 0.1, ['get', 'n']]], 1.2, 0]),
        },
      },
      {
        id: COMPONENT_POINTS, type: 'circle', ...of, minzoom: SINGLE_FROM,
        paint: {
          'circle-radius': expression(['interpolate', ['linear'], ['zoom'], 16, ['case', faulty, 4.5, 3], 19, ['case', faulty, 8, 6]]),
          'circle-color': expression(['match', ['get', 'state'], 'intact', palette.areaStrong, 'abandoned', palette.textSoft, palette.halo]),
          'circle-stroke-color': expression(['case', faulty, palette.text, palette.halo]),
          'circle-stroke-width': expression(['case', faulty, 2.4, 1]),
        },
      },
    ],
  }
}

function unitGrids(origin: string, stamp: number, palette: Palette): LayerParts {
  const of = { source: 'unit-grids', 'source-layer': 'unit_grids' } as const
  return {
    source: { type: 'vector', tiles: tiles(origin, 'unit-grids', stamp), minzoom: 13, maxzoom: 18 },
    layers: [
      { id: 'unit-grid-lines', type: 'line', ...of, minzoom: 13, paint: { 'line-color': palette.textSoft, 'line-width': 0.8, 'line-opacity': 0.75 } },
      {
        id: 'unit-grid-codes', type: 'symbol', ...of, minzoom: 16,
        layout: { 'text-field': expression(['get', 'code']), 'text-font': ['Noto Sans SC'], 'text-size': 11 },
        paint: { 'text-color': palette.textSoft, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
      },
    ],
  }
}

/** Ground that a collector answers for, and ground cut out for a park or a school: in the tiles of the unit grids. */
function dutyZones(origin: string, stamp: number, palette: Palette): LayerParts {
  const of = { source: 'duty-zones', 'source-layer': 'duty_zones', minzoom: 13 } as const
  const collector = expression(['==', ['get', 'kind'], 'collector'])
  return {
    source: { type: 'vector', tiles: tiles(origin, 'unit-grids', stamp), minzoom: 13, maxzoom: 18 },
    layers: [
      { id: 'duty-zone-fill', type: 'fill', ...of, filter: expression(['!', collector]), paint: { 'fill-color': palette.text, 'fill-opacity': 0.1 } },
      { id: 'duty-zone-lines', type: 'line', ...of, filter: collector, paint: { 'line-color': palette.areaStrong, 'line-width': 2.4 } },
      { id: 'duty-zone-exclusive', type: 'line', ...of, filter: expression(['!', collector]), paint: { 'line-color': palette.text, 'line-width': 2, 'line-dasharray': [3, 1.5] } },
      {
        id: 'duty-zone-names', type: 'symbol', ...of,
        layout: { 'text-field': expression(['get', 'name']), 'text-font': ['Noto Sans SC'], 'text-size': 12 },
        paint: { 'text-color': palette.text, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
      },
    ],
  }
}

function cameras(origin: string, _stamp: number, palette: Palette): LayerParts {
  return {
    source: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    address: `${origin}/api/v1/cameras/views`,
    layers: [
      { id: 'camera-views', type: 'fill', source: 'cameras', paint: { 'fill-color': palette.areaStrong, 'fill-opacity': 0.16 } },
      { id: 'camera-edges', type: 'line', source: 'cameras', paint: { 'line-color': palette.areaStrong, 'line-width': 1.2, 'line-opacity': 0.8 } },
    ],
  }
}

function sensors(origin: string, stamp: number, palette: Palette): LayerParts {
  const of = { source: 'sensors', 'source-layer': 'sensors' } as const
  const text = { 'text-color': palette.text, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 } as const
  return {
    source: { type: 'vector', tiles: tiles(origin, 'sensors', stamp), minzoom: 8, maxzoom: 16 },
    pictures: () => drawSigns(palette),
    layers: [
      {
        id: 'sensor-bins', type: 'circle', ...of, maxzoom: SENSORS_SINGLE_FROM,
        paint: {
          'circle-radius': expression(['interpolate', ['linear'], ['log10', ['max', 1, ['get', 'n']]], 0, 5, 2, 9]),
          'circle-color': palette.halo, 'circle-stroke-color': palette.areaStrong, 'circle-stroke-width': 1.8,
        },
      },
      {
        id: SENSOR_POINTS, type: 'symbol', ...of, minzoom: SENSORS_SINGLE_FROM,
        layout: {
          'icon-image': expression(['concat', signName(''), ['get', 'kind']]), 'icon-allow-overlap': true,
          'icon-size': expression(['interpolate', ['linear'], ['zoom'], 12, 0.55, 16, 1]),
          'text-field': expression(['step', ['zoom'], '', 15.5, ['get', 'name']]), 'text-font': ['Noto Sans SC'], 'text-size': 12,
          'text-anchor': 'top', 'text-offset': [0, 1.1], 'text-optional': true,
        },
        paint: { ...text, 'icon-opacity': expression(['case', ['==', ['get', 'state'], 'in_use'], 1, 0.45]) },
      },
    ],
  }
}

function pastEvents(origin: string, stamp: number, palette: Palette): LayerParts {
  const of = { source: 'past-events', 'source-layer': 'past_events' } as const
  return {
    source: { type: 'vector', tiles: tiles(origin, 'past-events', stamp), minzoom: 12, maxzoom: 16 },
    layers: [
      {
        id: 'past-event-points', type: 'circle', ...of, minzoom: 12,
        paint: {
          'circle-radius': expression(['interpolate', ['linear'], ['zoom'], 12, 1.6, 17, 5]),
          'circle-color': palette.textSoft, 'circle-opacity': 0.6, 'circle-stroke-color': palette.halo, 'circle-stroke-width': 0.6,
        },
      },
    ],
  }
}
