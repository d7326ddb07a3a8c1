/** A field for one point: click to place it. */
import type { MapField } from './field'

function parsePoint(text: string): [number, number] | null {
  try {
    const geometry = JSON.parse(text) as { type?: string; coordinates?: [number, number] }
    return geometry.type === 'Point' && geometry.coordinates ? geometry.coordinates : null
  } catch {
    return null
  }
}

export function editPoint(field: MapField): void {
  const draw = (): void => {
    const place = parsePoint(field.text.value)
    field.show('handles', place ? [{ type: 'Feature', properties: { kind: 'corner' }, geometry: { type: 'Point', coordinates: place } }] : [])
  }
  field.say(field.words.point)
  field.map.on('load', () => {
    const place = parsePoint(field.text.value)
    if (place) field.map.jumpTo({ center: place, zoom: 15 })
    draw()
  })
  field.map.on('click', (event) => {
    const coordinates = [Number(event.lngLat.lng.toFixed(7)), Number(event.lngLat.lat.toFixed(7))]
    field.text.value = JSON.stringify({ type: 'Point', coordinates })
    draw()
  })
  field.text.addEventListener('input', draw)
}
