/** A field for a Polygon or MultiPolygon: draw, drag corners, add and remove them; crossings show at once. */
import type { Feature } from 'geojson'
import type { MapMouseEvent } from 'maplibre-gl'
import type { MapField } from './field'
import {
  boundsOf, crossing, insertCorner, moveCorner, parseShape, removeCorner, shapeText, type Address, type Corner, type Ring, type Shape,
} from './geometry'

type Handle = Address & { kind: 'corner' | 'middle' | 'chosen' }

function handleFeatures(shape: Shape, chosen: Address | null): Feature[] {
  return shape.flatMap((polygon, p) =>
    polygon.flatMap((ring, r) =>
      ring.flatMap((corner, c): Feature[] => {
        const next = ring[(c + 1) % ring.length]!
        const isChosen = chosen?.polygon === p && chosen.ring === r && chosen.corner === c
        const at = { polygon: p, ring: r, corner: c }
        return [
          { type: 'Feature', properties: { ...at, kind: isChosen ? 'chosen' : 'corner' }, geometry: { type: 'Point', coordinates: corner } },
          {
            type: 'Feature', properties: { ...at, kind: 'middle' },
            geometry: { type: 'Point', coordinates: [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2] },
          },
        ]
      }),
    ),
  )
}

export function editOutline(field: MapField): void {
  const type = field.type === 'Polygon' ? 'Polygon' : 'MultiPolygon'
  let shape = parseShape(field.text.value)
  let drawing: Ring | null = null
  let chosen: Address | null = null
  let dragged: Address | null = null
  const past: Shape[] = []

  const outline = (): Feature[] => {
    const lines: Feature[] = shape.map((polygon) => ({
      type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: polygon.map((ring) => [...ring, ring[0]!]) },
    }))
    if (drawing && drawing.length > 1) lines.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: drawing } })
    return lines
  }

  const draw = (): void => {
    field.show('outline', outline())
    const started: Feature[] = (drawing ?? []).map((corner) => ({ type: 'Feature', properties: { kind: 'corner' }, geometry: { type: 'Point', coordinates: corner } }))
    field.show('handles', drawing ? started : handleFeatures(shape, chosen))
    const place = crossing(drawing && drawing.length > 2 ? [...shape, [drawing]] : shape)
    field.show('trouble', place ? [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: place } }] : [])
    field.say(place ? field.words.crossed : drawing ? field.words.drawing : field.words.editing, place !== null)
  }

  const change = (next: Shape): void => {
    past.push(shape)
    shape = next
    field.text.value = shapeText(shape, type)
    draw()
  }

  const start = (keep: boolean): void => {
    if (!keep) change([])
    drawing = []
    chosen = null
    draw()
  }

  const finish = (): void => {
    const ring = drawing ?? []
    drawing = null
    if (ring.length >= 3) change([...shape, [ring]])
    else draw()
  }

  const cornerAt = (event: MapMouseEvent): Corner => [Number(event.lngLat.lng.toFixed(7)), Number(event.lngLat.lat.toFixed(7))]
  const handleAt = (event: MapMouseEvent): Handle | null => {
    const reach = 8
    const { x, y } = event.point
    const [hit] = field.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: ['handles'] })
    return hit ? (hit.properties as Handle) : null
  }

  field.button(field.words.draw, () => start(false))
  if (type === 'MultiPolygon') field.button(field.words.add, () => start(true))
  field.button(field.words.undo, () => {
    if (drawing) drawing = drawing.slice(0, -1)
    else shape = past.pop() ?? shape
    field.text.value = shapeText(shape, type)
    draw()
  })
  field.button(field.words.clear, () => change([]))

  field.map.on('load', () => {
    const bounds = boundsOf(shape)
    if (bounds) field.map.fitBounds(bounds, { padding: 40, animate: false })
    else drawing = []
    draw()
  })
  field.map.on('click', (event) => {
    if (!drawing) return
    drawing = [...drawing, cornerAt(event)]
    draw()
  })
  field.map.on('dblclick', () => {
    // The two clicks of the double click have each set a corner in the same place.
    if (drawing) drawing = drawing.slice(0, -1)
    finish()
  })
  field.map.on('mousedown', (event) => {
    const handle = drawing ? null : handleAt(event)
    if (!handle) return
    event.preventDefault()
    const at = { polygon: handle.polygon, ring: handle.ring, corner: handle.corner }
    if (handle.kind === 'middle') {
      change(insertCorner(shape, at, cornerAt(event)))
      at.corner += 1
    } else past.push(shape)
    dragged = chosen = at
    draw()
  })
  field.map.on('mousemove', (event) => {
    if (!dragged) return
    shape = moveCorner(shape, dragged, cornerAt(event))
    draw()
  })
  field.map.on('mouseup', () => {
    if (dragged) field.text.value = shapeText(shape, type)
    dragged = null
  })
  field.map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && drawing) finish()
    if ((event.key === 'Delete' || event.key === 'Backspace') && chosen) {
      event.preventDefault()
      change(removeCorner(shape, chosen))
      chosen = null
      draw()
    }
  })
  field.text.addEventListener('input', () => {
    shape = parseShape(field.text.value)
    draw()
  })
}
