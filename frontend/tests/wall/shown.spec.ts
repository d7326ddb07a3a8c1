import { describe, expect, it } from 'vitest'
import { camerasFor, metresBetween } from '@/modules/wall/cameras'
import { alarmShapes, responderLinks, streetLabels, streetShapes, urgentOnly } from '@/modules/wall/mapData'
import { panelState } from '@/modules/wall/panels'
import { wallScale } from '@/modules/wall/scale'
import { trendOption, untilNow } from '@/modules/wall/trend'
import { alert, camera } from './factories'

const street = (path: string, open: number) => ({ path, name: path, received: 0, open, overdue: 0, closed_rate: null, label: [118, 32] as [number, number] })
const mapEvent = (id: number, level: 1 | 2 | 3 | 4 = 3) => ({ id, version: 1, level, lng: 118, lat: 32, state: 'handling' as const, title: 'x', area_label: 'y' })

describe('the size of the wall', () => {
  it('is laid out for 1920 by 1080 and grows with the screen', () => {
    expect(wallScale(1920, 1080)).toMatchObject({ rem: 10, shape: 'wide', squeeze: 1 })
    expect(wallScale(3840, 2160).rem).toBe(20)
    expect(wallScale(1920, 900).rem).toBeCloseTo(8.33, 1)
  })

  it('takes three panels side by side as one picture', () => {
    expect(wallScale(5760, 1080)).toMatchObject({ rem: 10, shape: 'ultra' })
  })

  it('falls back to one readable column on a phone', () => {
    expect(wallScale(390, 844)).toMatchObject({ rem: 8.5, shape: 'narrow' })
  })
})

describe('the cameras beside the alarm', () => {
  const near = camera({ id: 1, lng: 118.7101 })
  const far = camera({ id: 2, lng: 118.75 })
  const own = camera({ id: 3, lng: 118.9 })

  it('begin with the one that raised it, then go by distance', () => {
    expect(camerasFor(alert({ camera_id: 3 }), [far, near, own]).map((one) => one.id)).toEqual([3, 1, 2])
  })

  it('stay in the order of the server without an alarm, and leave out those switched off', () => {
    expect(camerasFor(null, [far, camera({ id: 9, enabled: false }), near]).map((one) => [one.id, one.metres])).toEqual([[2, null], [1, null]])
  })

  it('are measured on the ground', () => {
    expect(metresBetween({ lng: 118.71, lat: 32 }, { lng: 118.71, lat: 32.001 })).toBeCloseTo(111, 0)
  })
})

describe('what the map draws', () => {
  it('shades streets by what is open in them', () => {
    const outlines = { type: 'FeatureCollection' as const, features: ['a', 'b'].map((path) => ({
      type: 'Feature' as const, geometry: { type: 'Polygon' as const, coordinates: [] },
      properties: { id: 1, path, code: '', name: path, level: 'street' as const, label: [0, 0] as [number, number] },
    })) }
    const [busy, calm] = streetShapes(outlines, [street('a', 40), street('b', 0)]).features
    expect(busy!.properties!.shade).toBeGreaterThan(calm!.properties!.shade as number)
  })

  it('puts the figures under the name', () => {
    expect(streetLabels([street('望江街道', 3)], () => '在办 3').features[0]!.properties).toEqual({ name: '望江街道', figures: '\n在办 3' })
  })

  it('does not draw an event twice when its alert is on the wall', () => {
    const shapes = alarmShapes([alert({ event_id: 5 })], [mapEvent(5), mapEvent(6)], 1)
    expect(shapes.features.map((one) => [one.properties!.kind, one.properties!.id, one.properties!.emphasis])).toEqual([['event', 6, 0], ['alert', 1, 2]])
  })

  it('leaves what is not urgent to the counts when seen from far away', () => {
    expect(urgentOnly([mapEvent(1, 1), mapEvent(2, 2), mapEvent(3, 3)]).map((one) => one.id)).toEqual([1, 2])
  })

  it('links the two nearest responders, and none without an alarm', () => {
    const responder = (id: number) => ({ id, user_id: id, name: 'x', kind: 'grid_worker' as const, unit: { id: 1, name: 'x' }, on_duty: true, busy_with: null, lng: 118, lat: 32, position_at: '', distance_m: id, phone: '' })
    expect(responderLinks(alert(), [responder(1), responder(2), responder(3)]).features).toHaveLength(2)
    expect(responderLinks(null, [responder(1)]).features).toHaveLength(0)
  })
})

describe('a panel', () => {
  it('keeps what it knows when reading fails', () => {
    expect(panelState({ hasData: true, error: new Error('x'), failedAt: 5, slow: false })).toEqual({ kind: 'ready' })
  })

  it('says since when nothing could be read', () => {
    expect(panelState({ hasData: false, error: 'x', failedAt: 5, slow: true })).toEqual({ kind: 'failed', error: 'x', since: 5 })
  })

  it('shows a placeholder only when it takes long', () => {
    expect(panelState({ hasData: false, error: null, failedAt: 0, slow: false })).toEqual({ kind: 'loading', visible: false })
  })
})

describe('the trend', () => {
  it('leaves the hours that have not come empty instead of zero', () => {
    const option = trendOption({ today: [{ hour: 0, count: 2 }, { hour: 1, count: 4 }], average7: [] }, 10, String)
    const [today] = option.series as { data: (number | null)[] }[]
    expect(today!.data.slice(0, 3)).toEqual([2, 4, null])
    expect(today!.data).toHaveLength(24)
  })
})

describe('the running hour', () => {
  const hours = (...counts: number[]) => counts.map((count, hour) => ({ hour, count }))

  it('does not look like a fall while it is young', () => {
    expect(untilNow(hours(5, 60, 3))).toEqual(hours(5, 60))
  })

  it('is drawn once it has reached the hour before', () => {
    expect(untilNow(hours(5, 60, 60))).toHaveLength(3)
    expect(untilNow(hours(7))).toEqual(hours(7))
    expect(untilNow([])).toEqual([])
  })
})
