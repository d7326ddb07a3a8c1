import { describe, expect, it } from 'vitest'
import { withAlert, withCamera, withEvent, withoutGone } from '@/modules/wall/snapshot'
import { alert, alertsOf, camera, event, snapshot } from './factories'

const raised = (over = {}) => ({ id: 1, version: 1, change: 'raised', row: alert(over) })
const held = snapshot({ alerts: alertsOf({ unacknowledged: 1, by_level: { 1: 1 }, items: [alert()] }) })

describe('an alert that reaches the wall', () => {
  it('is listed and counted when it is raised', () => {
    const after = withAlert(snapshot(), raised())
    expect(after.alerts).toMatchObject({ unacknowledged: 1, by_level: { 1: 1 }, items: [{ id: 1 }] })
  })

  it('stands above what has been seen, then above lower levels, then above older ones', () => {
    const seen = alert({ id: 2, acknowledged_at: '2026-11-22T06:30:00Z' })
    const lower = alert({ id: 3, level: 3 })
    const older = alert({ id: 4, found_at: '2026-11-22T06:00:00Z' })
    const before = snapshot({ alerts: alertsOf({ unacknowledged: 2, by_level: {}, items: [lower, older, seen] }) })
    expect(withAlert(before, raised({ id: 9 })).alerts.items.map((item) => item.id)).toEqual([9, 4, 3, 2])
  })

  it('stops being unacknowledged when somebody has seen it, and stays listed', () => {
    const row = alert({ version: 2, acknowledged_at: '2026-11-22T06:32:00Z' })
    const after = withAlert(held, { id: 1, version: 2, change: 'acknowledged', row })
    expect(after.alerts).toMatchObject({ unacknowledged: 0, by_level: { 1: 1 }, items: [{ id: 1, version: 2 }] })
  })

  it('leaves the open ones when it is confirmed and stays while its event runs', () => {
    const row = alert({ version: 2, state: 'confirmed', acknowledged_at: '2026-11-22T06:32:00Z', event_id: 5 })
    const after = withAlert(held, { id: 1, version: 2, change: 'confirmed', row })
    expect(after.alerts).toMatchObject({ unacknowledged: 0, by_level: { 1: 0 }, items: [{ id: 1 }] })
  })

  it('stands behind the open ones while it is being handled, and goes when its event ends', () => {
    const confirmed = alert({ version: 2, state: 'confirmed', acknowledged_at: '2026-11-22T06:32:00Z', event_id: 5 })
    const before = snapshot({ alerts: alertsOf({ unacknowledged: 2, by_level: { 1: 1, 4: 1 }, items: [alert(), alert({ id: 2, level: 4 })] }) })
    const after = withAlert(before, { id: 1, version: 2, change: 'confirmed', row: confirmed })
    expect(after.alerts.items.map((item) => item.id)).toEqual([2, 1])
    const ended = withEvent(after, { id: 5, version: 9, change: 'close', row: event({ version: 9, state: 'closed' }) })
    expect(ended.alerts.items.map((item) => item.id)).toEqual([2])
  })

  it('leaves the list when it was a false alarm', () => {
    const after = withAlert(held, { id: 1, version: 2, change: 'dismissed', row: alert({ version: 2, state: 'dismissed' }) })
    expect(after.alerts).toMatchObject({ unacknowledged: 0, items: [] })
  })

  it('changes nothing when it is not newer than what is held', () => {
    expect(withAlert(held, raised())).toBe(held)
  })

  it('leaves the snapshot it was given as it was', () => {
    withAlert(held, { id: 1, version: 2, change: 'dismissed', row: alert({ version: 2, state: 'dismissed' }) })
    expect(held.alerts.items).toHaveLength(1)
  })
})

describe('an event that reaches the wall', () => {
  it('is put on the map and counted when it is new', () => {
    const after = withEvent(snapshot(), { id: 5, version: 1, change: 'report', row: event() })
    expect(after.events).toMatchObject([{ id: 5, level: 2 }])
    expect(after.kpis.open).toBe(4)
  })

  it('is taken off the map and out of the count when it ends', () => {
    const before = withEvent(snapshot(), { id: 5, version: 1, change: 'report', row: event() })
    const after = withEvent(before, { id: 5, version: 2, change: 'close', row: event({ version: 2, state: 'closed' }) })
    expect(after.events).toEqual([])
    expect(after.kpis.open).toBe(3)
  })

  it('is not counted twice when the server counted it already', () => {
    const after = withEvent(snapshot(), { id: 5, version: 7, change: 'sign', row: event({ version: 7, state: 'handling' }) })
    expect(after.kpis.open).toBe(3)
  })
})

describe('the rest', () => {
  it('keeps a lost camera with its last picture', () => {
    const before = snapshot({ cameras: [camera({ still_at: 'then' })] })
    const update = { id: 3, state: 'dead_stream' as const, state_since: 'now', detail: 'no route', still_at: 'then', fps: 0 }
    expect(withCamera(before, update).cameras[0]).toMatchObject({ state: 'dead_stream', still_at: 'then', still_url: before.cameras[0]!.still_url })
  })

  it('drops the picture of a camera that has none to show any more', () => {
    const before = snapshot({ cameras: [camera({ still_at: 'then' })] })
    const update = { id: 3, state: 'online' as const, state_since: 'now', detail: '', still_at: null, fps: 5 }
    expect(withCamera(before, update).cameras[0]).toMatchObject({ still_at: null, still_url: null })
  })

  it('shows the first picture of a camera that had none', () => {
    const before = snapshot({ cameras: [camera({ still_url: null, state: 'connecting' })] })
    const update = { id: 3, state: 'online' as const, state_since: 'now', detail: '', still_at: 'now', fps: 5 }
    expect(withCamera(before, update).cameras[0]).toMatchObject({ state: 'online', still_url: '/api/v1/cameras/3/still.jpg' })
  })

  it('ignores cameras the wall does not show', () => {
    expect(withCamera(held, { id: 99, state: 'online', state_since: null, detail: '', still_at: null, fps: 1 })).toBe(held)
  })

  it('forgets what left its sight', () => {
    expect(withoutGone(held, { kind: 'alert', id: 1 }).alerts.items).toEqual([])
    expect(withoutGone(held, { kind: 'order', id: 1 })).toBe(held)
    expect(withoutGone(snapshot({ cameras: [camera()] }), { kind: 'camera', id: 3 }).cameras).toEqual([])
  })
})

describe('an alarm that is over or put aside', () => {
  const moved = (change: string, over = {}) => ({ id: 1, version: 2, change, row: alert({ version: 2, ...over }) })

  it('is counted as over and stays listed until somebody has seen it', () => {
    const after = withAlert(held, moved('recovered', { recovered_at: '2026-11-22T06:33:00Z' }))
    expect(after.alerts).toMatchObject({ unacknowledged: 0, recovered: 1, by_level: { 1: 1 }, items: [{ id: 1 }] })
  })

  it('leaves the list and the figures for the shelf, and comes back', () => {
    const shelved = withAlert(held, moved('shelved', { shelved_until: '2026-11-22T08:00:00Z' }))
    expect(shelved.alerts).toMatchObject({ unacknowledged: 0, shelved: 1, by_level: { 1: 0 }, items: [] })
    const back = withAlert(shelved, { id: 1, version: 3, change: 'unshelved', row: alert({ version: 3 }) })
    expect(back.alerts.items.map((item) => item.id)).toEqual([1])
  })
})
