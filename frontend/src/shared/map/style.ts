/**
 * The map's style as pure data. `scale` multiplies every line, icon and text size, so that a wall of any resolution
 * shows the same picture; `extrude` raises the buildings, which the desk leaves flat.
 */
import type { ExpressionSpecification, FontFacesSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { TEXT, TEXT_BOLD } from './fonts'
import { DARK, LIGHT, type Palette } from './palette'

export interface StyleOptions { scale: number; extrude: boolean; origin: string; fonts?: FontFacesSpecification }

export const EMPTY = { type: 'FeatureCollection' as const, features: [] }

/** GeoJSON sources that pages fill with `setData`; all exist from the start so that nothing is added later. */
export const LIVE_SOURCES = ['streets', 'street-labels', 'places', 'alarms', 'responders', 'selected', 'links', 'views'] as const
export type LiveSource = (typeof LIVE_SOURCES)[number]

const byZoom = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as unknown as ExpressionSpecification

const isClass = (...classes: string[]): ExpressionSpecification =>
  ['in', ['get', 'class'], ['literal', classes]] as unknown as ExpressionSpecification

function ground(palette: Palette): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
    { id: 'green', type: 'fill', source: 'base', 'source-layer': 'green', paint: { 'fill-color': palette.green } },
    { id: 'water', type: 'fill', source: 'base', 'source-layer': 'water', paint: { 'fill-color': palette.water } },
  ]
}

function roads(palette: Palette, scale: number, dark: boolean): LayerSpecification[] {
  const line = { source: 'base', 'source-layer': 'roads', layout: { 'line-cap': 'round', 'line-join': 'round' } } as const
  const layers: LayerSpecification[] = [
    {
      id: 'roads-minor', type: 'line', minzoom: 12.5, filter: isClass('residential', 'secondary'), ...line,
      paint: { 'line-color': palette.roadMinor, 'line-width': byZoom(12, 0.6 * scale, 16, 7 * scale) },
    },
    {
      id: 'roads-major', type: 'line', filter: isClass('motorway', 'primary'), ...line,
      paint: { 'line-color': palette.roadMajor, 'line-width': byZoom(11, 0.8 * scale, 16, (dark ? 5 : 11) * scale) },
    },
  ]
  if (dark) return layers
  const casing: LayerSpecification = {
    id: 'roads-case', type: 'line', minzoom: 13, ...line,
    paint: { 'line-color': palette.roadCase, 'line-width': byZoom(12, 1.4 * scale, 16, 13 * scale) },
  }
  return [casing, ...layers]
}

function areas(palette: Palette, scale: number, dark: boolean): LayerSpecification[] {
  const area = { source: 'base', 'source-layer': 'areas' } as const
  const level = (name: string): ExpressionSpecification => ['==', ['get', 'level'], name] as unknown as ExpressionSpecification
  return [
    {
      id: 'grid-lines', type: 'line', minzoom: 14, filter: level('grid'), ...area,
      paint: { 'line-color': palette.area, 'line-width': 0.9 * scale, 'line-opacity': dark ? 0.4 : 0.7, 'line-dasharray': [4, 3] },
    },
    {
      id: 'community-lines', type: 'line', minzoom: 12.8, filter: level('community'), ...area,
      paint: { 'line-color': palette.area, 'line-width': byZoom(12, 0.5 * scale, 16, 1.6 * scale), 'line-opacity': dark ? 0.45 : 0.8 },
    },
  ]
}

function buildings(palette: Palette, extrude: boolean): LayerSpecification[] {
  const source = { source: 'buildings', 'source-layer': 'buildings' } as const
  if (!extrude) {
    return [{ id: 'buildings', type: 'fill', minzoom: 14, ...source, paint: { 'fill-color': palette.building, 'fill-outline-color': palette.buildingTop } }]
  }
  return [{
    id: 'buildings', type: 'fill-extrusion', minzoom: 12, ...source,
    paint: {
      'fill-extrusion-color': ['interpolate', ['linear'], ['get', 'height'], 0, palette.building, 80, palette.buildingTop],
      'fill-extrusion-height': ['get', 'height'],
      'fill-extrusion-opacity': 0.88,
      'fill-extrusion-vertical-gradient': true,
    },
  }]
}

function streets(palette: Palette, scale: number, dark: boolean): LayerSpecification[] {
  return [
    {
      id: 'street-fill', type: 'fill', source: 'streets',
      paint: { 'fill-color': palette.areaFill, 'fill-opacity': ['coalesce', ['get', 'shade'], dark ? 0.16 : 0] },
    },
    {
      id: 'street-glow', type: 'line', source: 'streets', layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.areaStrong, 'line-width': 7 * scale, 'line-blur': 6 * scale, 'line-opacity': dark ? 0.35 : 0 },
    },
    {
      id: 'street-lines', type: 'line', source: 'streets', layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.areaStrong, 'line-width': (dark ? 1.8 : 1.4) * scale, 'line-opacity': dark ? 0.85 : 0.7 },
    },
  ]
}

/** Where a street's name may stand around its point, nearest first, in ems: the last ones clear even a selected alarm. */
const LABEL_PLACES = [
  'center', [0, 0], 'bottom', [0, -1.2], 'top', [0, 1.2], 'left', [1.4, 0], 'right', [-1.4, 0], 'bottom-left', [1, -1], 'bottom-right', [-1, -1],
  'top-left', [1, 1], 'top-right', [-1, 1], 'bottom', [0, -2.6], 'top', [0, 2.6], 'left', [3, 0], 'right', [-3, 0],
] as unknown as ExpressionSpecification

/** Numbered blocks would bury the map in text: schools, stations, offices have names of their own. */
const LANDMARK = ['all', ['has', 'name'], ['!', ['in', '号楼', ['get', 'name']]]] as unknown as ExpressionSpecification

function texts(palette: Palette, scale: number, dark: boolean): LayerSpecification[] {
  const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.6 * scale } as const
  const community = ['==', ['get', 'level'], 'community'] as unknown as ExpressionSpecification
  return [
    {
      id: 'road-names', type: 'symbol', source: 'base', 'source-layer': 'roads', minzoom: 14, filter: isClass('motorway', 'primary', 'secondary'),
      layout: {
        'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': [TEXT], 'text-size': 14 * scale, 'symbol-spacing': 420 * scale,
        // Under a steep camera text that follows the road cannot be read: it stands upright instead.
        ...(dark ? { 'text-rotation-alignment': 'viewport' as const, 'text-pitch-alignment': 'viewport' as const } : {}),
      },
      paint: { 'text-color': palette.textSoft, ...halo },
    },
    {
      id: 'landmarks', type: 'symbol', source: 'buildings', 'source-layer': 'buildings', minzoom: 14.5, filter: LANDMARK,
      layout: { 'text-field': ['get', 'name'], 'text-font': [TEXT], 'text-size': 14 * scale, 'text-padding': 24 * scale },
      paint: { 'text-color': palette.textSoft, ...halo },
    },
    {
      id: 'community-names', type: 'symbol', source: 'places', minzoom: 13.4, filter: community,
      layout: { 'text-field': ['get', 'name'], 'text-font': [TEXT], 'text-size': 15 * scale, 'text-padding': 10 * scale },
      paint: { 'text-color': dark ? palette.text : palette.textSoft, ...halo },
    },
    {
      id: 'street-names', type: 'symbol', source: 'street-labels', maxzoom: dark ? 22 : 14.5,
      layout: {
        'text-field': ['format', ['get', 'name'], { 'font-scale': 1, 'text-font': ['literal', [TEXT_BOLD]] }, ['get', 'figures'], { 'font-scale': 0.8, 'text-font': ['literal', [TEXT_BOLD]] }],
        'text-font': [TEXT_BOLD], 'text-size': (dark ? 22 : 17) * scale, 'text-line-height': 1.25,
        // A label moves aside for an alarm instead of vanishing under it.
        'text-variable-anchor-offset': LABEL_PLACES, 'text-justify': 'auto',
        'text-padding': 4 * scale,
      },
      paint: { 'text-color': palette.text, ...halo, 'text-halo-width': 2.2 * scale },
    },
  ]
}

function alarms(palette: Palette, scale: number): LayerSpecification[] {
  const level = (property: string): ExpressionSpecification =>
    ['match', ['get', property], 1, palette.levels[1], 2, palette.levels[2], 3, palette.levels[3], palette.levels[4]] as unknown as ExpressionSpecification
  return [
    {
      id: 'links', type: 'line', source: 'links', layout: { 'line-cap': 'round' },
      paint: { 'line-color': palette.text, 'line-width': 2.4 * scale, 'line-opacity': 0.85, 'line-dasharray': [1, 1.6] },
    },
    {
      id: 'responders', type: 'circle', source: 'responders', minzoom: 13,
      paint: { 'circle-radius': 4.5 * scale, 'circle-color': palette.text, 'circle-stroke-color': palette.halo, 'circle-stroke-width': 1.5 * scale },
    },
    {
      id: 'selected-ring', type: 'circle', source: 'selected',
      paint: {
        'circle-radius': 46 * scale, 'circle-color': level('level'), 'circle-opacity': 0.18, 'circle-stroke-color': level('level'),
        'circle-stroke-width': 2 * scale, 'circle-stroke-opacity': 0.9, 'circle-pitch-alignment': 'viewport',
      },
    },
    {
      id: 'alarms', type: 'symbol', source: 'alarms',
      layout: {
        'icon-image': ['concat', 'level-', ['to-string', ['get', 'level']]],
        'icon-size': ['case', ['==', ['get', 'emphasis'], 2], 1, ['==', ['get', 'emphasis'], 1], 0.76, 0.5],
        'icon-allow-overlap': true, 'symbol-sort-key': ['-', 0, ['get', 'level']],
      },
    },
  ]
}

/** What cameras look at; where a range is only assumed the edge is broken. */
function views(palette: Palette, scale: number): LayerSpecification[] {
  const known = ['get', 'range_known'] as unknown as ExpressionSpecification
  const edge = { 'line-color': palette.text, 'line-width': 1.4 * scale, 'line-opacity': 0.7 } as const
  return [
    { id: 'views', type: 'fill', source: 'views', paint: { 'fill-color': palette.text, 'fill-opacity': 0.14 } },
    { id: 'view-edges', type: 'line', source: 'views', filter: known, paint: edge },
    { id: 'view-guesses', type: 'line', source: 'views', filter: ['!', known] as unknown as ExpressionSpecification, paint: { ...edge, 'line-dasharray': [2, 2] } },
  ]
}

/** A style for one of the looks (`hall` is a wall in a lit room), complete but for the pictures of the alarm shapes (see shapes.ts). */
export function mapStyle(look: 'wall' | 'hall' | 'desk', options: StyleOptions): StyleSpecification {
  const dark = look === 'wall'
  const palette = dark ? DARK : LIGHT
  const tiles = (name: string): string[] => [`${options.origin}/tiles/${name}/{z}/{x}/{y}.mvt`]
  const live = Object.fromEntries(
    LIVE_SOURCES.map((name) => [name, { type: 'geojson' as const, data: EMPTY, maxzoom: 12, buffer: 0, tolerance: 0 }]),
  )
  return {
    version: 8,
    ...(options.fonts ? { 'font-faces': options.fonts } : {}),
    sources: {
      base: { type: 'vector', tiles: tiles('base'), minzoom: 8, maxzoom: 15 },
      buildings: { type: 'vector', tiles: tiles('buildings'), minzoom: 12, maxzoom: 15 },
      ...live,
      // Outlines are drawn at every zoom from one source: they need the buffer that moving points do without.
      streets: { type: 'geojson', data: EMPTY, tolerance: 0.2 },
      views: { type: 'geojson', data: EMPTY, tolerance: 0.2 },
    },
    layers: [
      ...ground(palette),
      ...(dark ? streets(palette, options.scale, dark) : []),
      ...roads(palette, options.scale, dark),
      ...areas(palette, options.scale, dark),
      ...buildings(palette, options.extrude),
      ...(dark ? [] : streets(palette, options.scale, dark)),
      ...views(palette, options.scale),
      ...texts(palette, options.scale, dark),
      ...alarms(palette, options.scale),
    ],
    ...(options.extrude ? { light: { anchor: 'viewport', color: '#cfe8ff', intensity: 0.35, position: [1.2, 210, 40] } } : {}),
  } as StyleSpecification
}
