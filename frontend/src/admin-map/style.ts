/** The admin's map: our own tiles without any text, and above them what is being edited. */
import type { GeoJSONSourceSpecification, StyleSpecification } from 'maplibre-gl'

const EDIT = '#c8232c'
const nothing = (): GeoJSONSourceSpecification => ({
  type: 'geojson', data: { type: 'FeatureCollection', features: [] }, tolerance: 0,
})

export function editorStyle(origin: string): StyleSpecification {
  return {
    version: 8,
    sources: {
      base: { type: 'vector', tiles: [`${origin}/tiles/base/{z}/{x}/{y}.mvt`], minzoom: 8, maxzoom: 15 },
      buildings: { type: 'vector', tiles: [`${origin}/tiles/buildings/{z}/{x}/{y}.mvt`], minzoom: 13, maxzoom: 15 },
      outline: nothing(),
      handles: nothing(),
      trouble: nothing(),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#f2f3f0' } },
      { id: 'green', type: 'fill', source: 'base', 'source-layer': 'green', paint: { 'fill-color': '#cfe3c8' } },
      { id: 'water', type: 'fill', source: 'base', 'source-layer': 'water', paint: { 'fill-color': '#aacbe4' } },
      {
        id: 'roads', type: 'line', source: 'base', 'source-layer': 'roads',
        paint: { 'line-color': '#c3c7cc', 'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.6, 16, 5] },
      },
      { id: 'buildings', type: 'fill', source: 'buildings', 'source-layer': 'buildings', paint: { 'fill-color': '#dcd8d0' } },
      {
        id: 'areas', type: 'line', source: 'base', 'source-layer': 'areas',
        paint: { 'line-color': '#5f7fa8', 'line-width': ['match', ['get', 'level'], 'grid', 0.8, 'community', 1.2, 2.2] },
      },
      {
        id: 'outline-fill', type: 'fill', source: 'outline', filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': EDIT, 'fill-opacity': 0.12 },
      },
      { id: 'outline-line', type: 'line', source: 'outline', paint: { 'line-color': EDIT, 'line-width': 2.5 } },
      {
        id: 'handles', type: 'circle', source: 'handles',
        paint: {
          'circle-radius': ['match', ['get', 'kind'], 'middle', 4, 6.5],
          'circle-color': ['match', ['get', 'kind'], 'middle', '#ffffff', 'chosen', '#ff9a1f', EDIT],
          'circle-stroke-color': EDIT, 'circle-stroke-width': 1.5,
        },
      },
      {
        id: 'trouble', type: 'circle', source: 'trouble',
        paint: { 'circle-radius': 16, 'circle-opacity': 0, 'circle-stroke-color': '#c8232c', 'circle-stroke-width': 3 },
      },
    ],
  }
}
