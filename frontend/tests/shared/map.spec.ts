import { describe, expect, it } from 'vitest'
import { alarmFeatures, outlinePoints } from '@/shared/map/features'
import { boxOf, fitInto, type Fittable } from '@/shared/map/fit'
import { faces } from '@/shared/map/fonts'
import { LIVE_SOURCES, mapStyle } from '@/shared/map/style'

const wall = mapStyle('wall', { scale: 1, extrude: true, origin: 'http://city.example' })
const desk = mapStyle('desk', { scale: 1, extrude: false, origin: 'http://city.example' })
const layer = (style: typeof wall, id: string) => style.layers.find((one) => one.id === id)

describe('the map style', () => {
  it('asks nothing but the platform itself', () => {
    const addresses = JSON.stringify([wall, desk]).match(/https?:\/\/[^/"]+/g) ?? []
    expect(new Set(addresses)).toEqual(new Set(['http://city.example']))
  })

  it('needs neither glyph tiles nor sprites', () => {
    expect(wall).not.toHaveProperty('glyphs')
    expect(wall).not.toHaveProperty('sprite')
  })

  it('has every live source from the start, drawn by at least one layer', () => {
    const drawn = new Set(wall.layers.map((one) => ('source' in one ? one.source : '')))
    expect(LIVE_SOURCES.filter((source) => !(source in wall.sources) || !drawn.has(source))).toEqual([])
  })

  it('raises buildings on the wall and leaves them flat on the desk', () => {
    expect(layer(wall, 'buildings')?.type).toBe('fill-extrusion')
    expect(layer(desk, 'buildings')?.type).toBe('fill')
  })

  it('multiplies text and lines by the scale of the wall', () => {
    const large = mapStyle('wall', { scale: 2, extrude: true, origin: 'http://city.example' })
    const size = (style: typeof wall): number => (layer(style, 'street-names')!.layout as Record<string, number>)['text-size']!
    expect(size(large)).toBe(2 * size(wall))
  })

  it('draws alarms last, so that nothing covers them', () => {
    expect(wall.layers.at(-1)?.id).toBe('alarms')
  })
})

describe('the fonts of the map', () => {
  it('name each slice with the characters it holds, and leave out slices without a file', () => {
    const found = faces({ '/x/noto-sans-sc-4-400-normal.woff2': '/assets/n4.woff2' }, { '[4]': 'U+1-2,U+5', latin: 'U+20-7e' }, 400, 'http://city.example')
    expect(found).toEqual([{ url: 'http://city.example/assets/n4.woff2', 'unicode-range': ['U+1-2', 'U+5'] }])
  })
})

describe('features', () => {
  it('carry what a click needs to find the row again', () => {
    const [feature] = alarmFeatures([{ id: 7, lng: 118.7, lat: 32, level: 1, title: '闯入' }], 'alert', () => 2)
    expect(feature).toMatchObject({ geometry: { coordinates: [118.7, 32] }, properties: { kind: 'alert', id: 7, level: 1, emphasis: 2 } })
  })

  it('thin outlines to what a camera needs', () => {
    const ring = Array.from({ length: 1000 }, (_, index) => [index, index])
    const outlines = { type: 'FeatureCollection' as const, features: [{ type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [ring] } }] }
    expect(outlinePoints(outlines, 100).length).toBeLessThanOrEqual(100)
    expect(outlinePoints(undefined)).toEqual([])
  })
})

/** A flat map without perspective: what is left of a map when only fitting is asked of it. */
function flatMap(): Fittable {
  const state = { center: { lng: 3, lat: 3 }, zoom: 0 }
  const size = () => 2 ** state.zoom
  return {
    project: (place) => {
      const [lng, lat] = Array.isArray(place) ? place : [(place as { lng: number }).lng, (place as { lat: number }).lat]
      return { x: 500 + (lng - state.center.lng) * size(), y: 400 - (lat - state.center.lat) * size() }
    },
    unproject: (point) => {
      const [x, y] = point as [number, number]
      return { lng: state.center.lng + (x - 500) / size(), lat: state.center.lat - (y - 400) / size() }
    },
    getZoom: () => state.zoom,
    getCenter: () => state.center,
    jumpTo: ({ center, zoom }) => {
      if (center) state.center = center as { lng: number; lat: number }
      if (zoom !== undefined) state.zoom = zoom
    },
  }
}

describe('fitting', () => {
  it('fills the free part of the screen and stays inside it', () => {
    const map = flatMap()
    const places: [number, number][] = [[0, 0], [10, 0], [10, 5], [0, 5]]
    fitInto(map, places, { left: 300, top: 100, right: 700, bottom: 700 })
    const box = boxOf(places.map((place) => map.project(place)))
    expect(box.left).toBeCloseTo(300, -1)
    expect(box.right).toBeCloseTo(700, -1)
    expect((box.top + box.bottom) / 2).toBeCloseTo(400, -1)
  })

  it('leaves the camera alone without places', () => {
    const map = flatMap()
    fitInto(map, [], { left: 0, top: 0, right: 1, bottom: 1 })
    expect(map.getZoom()).toBe(0)
  })
})
