/** Choosing what a layer draws by a click near it; alarms, which stand on top, keep the clicks that are theirs. */
import type { Map as MapLibreMap } from 'maplibre-gl'

const NEAR = 6
const ABOVE = 'alarms'

export function pickOn(map: MapLibreMap, layer: string, property: string, choose: (id: number) => void): void {
  const drawn = (): boolean => map.getLayer(layer) !== undefined
  map.on('click', (event) => {
    if (!drawn() || (map.getLayer(ABOVE) && map.queryRenderedFeatures(event.point, { layers: [ABOVE] }).length > 0)) return
    const { x, y } = event.point
    const hit = map.queryRenderedFeatures([[x - NEAR, y - NEAR], [x + NEAR, y + NEAR]], { layers: [layer] })[0]
    if (hit) choose(Number(hit.properties[property]))
  })
  map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'))
  map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''))
}
