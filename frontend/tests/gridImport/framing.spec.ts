import type { Feature, FeatureCollection } from 'geojson'
import { expect, test } from 'vitest'
import { framed } from '@/modules/gridImport/framing'

const square = (lng: number, lat: number): Feature => ({
  type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[lng, lat], [lng + 0.01, lat], [lng + 0.01, lat + 0.01], [lng, lat]]] },
})
const of = (...features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })
const published = of(square(118.7, 32), square(118.71, 32))

test('a shape in another province does not lead the map away from the rest of the file', () => {
  const near = square(118.705, 32.005)
  expect(framed(published, of(near, square(123.7, 32))).features).toEqual([near])
})

test('a file that lies half a kilometre off is shown as a whole', () => {
  const file = of(square(118.705, 32.002), square(118.715, 32.002))
  expect(framed(published, file)).toEqual(file)
})

test('where all of the file is far away, or nothing is published, the file leads the map', () => {
  const far = of(square(10, 50))
  expect([framed(published, far), framed(of(), far)]).toEqual([far, far])
})
