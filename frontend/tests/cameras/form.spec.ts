import { describe, expect, it } from 'vitest'
import { asked, type CameraDetail } from '@/modules/cameras/calls'
import { coneOf } from '@/modules/cameras/cone'
import { changesOf, emptyForm, formOf, wholeOf } from '@/modules/cameras/form'

const PLACE = { lng: 118.7, lat: 32 }
const stored = {
  id: 3, version: 2, code: 'C3', name: '东门', stream_url: 'rtsp://10.0.0.5/a', has_login: true, gateway_id: null, channel: '', group_id: null, source_kind: 'police', priority: 1,
  is_high: false, height_m: 6, bearing: null, view_angle: null, view_range_m: null, sampling: 'timed', pictures_per_second: 5, enabled: true, ...PLACE,
} as unknown as CameraDetail

describe('the form of a camera', () => {
  it('sends nothing of what was not touched, above all no address and no empty login', () => {
    expect(changesOf(formOf(stored), PLACE, stored)).toEqual({})
  })

  it('sends what changed, and a login only where one was typed', () => {
    const form = { ...formOf(stored), name: '西门', password: 'geheim' }
    expect(changesOf(form, { lng: 118.8, lat: 32 }, stored)).toEqual({ name: '西门', password: 'geheim', lng: 118.8 })
  })

  it('sends an emptied number as unknown', () => {
    expect(changesOf({ ...formOf(stored), height_m: '' as unknown as null }, PLACE, stored)).toEqual({ height_m: null })
  })

  it('sends no address for a camera behind a platform', () => {
    const sent = wholeOf(emptyForm({ code: 'K', name: 'k', gateway_id: 7, channel: 'a/b', stream_url: 'rtsp://left/over' }), PLACE)
    expect([sent.gateway_id, sent.channel, sent.stream_url]).toEqual([7, 'a/b', ''])
  })
})

describe('the list of cameras', () => {
  it('asks only for what was chosen, group none included', () => {
    expect(asked({ q: ' 东 ', group: 0, source_kind: '', state: 'failing' })).toEqual({ q: '东', group: 0, state: 'failing' })
  })
})

describe('what a camera looks at', () => {
  const cone = (bearing: number | null, angle: number | null, range: number | null = 100) => coneOf({ ...PLACE, bearing, angle, range }).features[0]

  it('is not drawn while its direction is not known', () => {
    expect([cone(null, 60), cone(90, null)]).toEqual([undefined, undefined])
  })

  it('begins and ends at the camera, and lies in the direction of its bearing', () => {
    const ring = (cone(90, 60)!.geometry as { coordinates: number[][][] }).coordinates[0]!
    expect([ring[0], ring.at(-1)]).toEqual([[PLACE.lng, PLACE.lat], [PLACE.lng, PLACE.lat]])
    expect(ring.slice(1, -1).every(([lng]) => lng! > PLACE.lng)).toBe(true)
  })

  it('is a circle without a camera corner where it looks all round, and says whether its range is known', () => {
    const whole = cone(null, 360, null)!
    expect([(whole.geometry as { coordinates: number[][][] }).coordinates[0]!.length, whole.properties]).toEqual([73, { range_known: false }])
  })
})
