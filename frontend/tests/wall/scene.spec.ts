import { describe, expect, it } from 'vitest'
import { advance, overview, toggleHold, toOverview } from '@/modules/wall/scene'
import { alert } from './factories'

const red = alert()
const seen = alert({ acknowledged_at: '2026-11-22T06:32:00Z' })

const atIncident = (): typeof overview => advance(advance(overview, [red], 0), [red], 3000)

describe('the camera of the wall', () => {
  it('moves to a red alarm after three seconds and not before', () => {
    const waiting = advance(overview, [red], 0)
    expect(advance(waiting, [red], 2999).mode).toBe('overview')
    expect(advance(waiting, [red], 3000)).toMatchObject({ mode: 'incident', alertId: 1 })
  })

  it('stays for lower levels and for what somebody has seen', () => {
    const calm = [alert({ level: 2 }), seen]
    expect(advance(advance(overview, calm, 0), calm, 9000).mode).toBe('overview')
  })

  it('does not move when the alarm is seen within the three seconds', () => {
    const waiting = advance(overview, [red], 0)
    expect(advance(waiting, [seen], 3500).mode).toBe('overview')
  })

  it('returns a minute after the acknowledgement', () => {
    const calm = advance(atIncident(), [seen], 10_000)
    expect(advance(calm, [seen], 69_000).mode).toBe('incident')
    expect(advance(calm, [seen], 70_000).mode).toBe('overview')
  })

  it('returns a minute after the alarm has left the wall', () => {
    expect(advance(advance(atIncident(), [], 10_000), [], 70_000).mode).toBe('overview')
  })

  it('goes on to the next red alarm as soon as the first has been seen', () => {
    expect(advance(atIncident(), [seen, alert({ id: 2 })], 5000)).toMatchObject({ mode: 'incident', alertId: 2 })
    expect(advance(atIncident(), [red, alert({ id: 2 })], 5000)).toMatchObject({ mode: 'incident', alertId: 1 })
  })

  it('stays while an operator holds it, in either state', () => {
    const held = toggleHold(overview)
    expect(advance(advance(held, [red], 0), [red], 9000).mode).toBe('overview')
    const heldThere = toggleHold(atIncident())
    expect(advance(advance(heldThere, [seen], 0), [seen], 99_000).mode).toBe('incident')
  })

  it('does not go back to the alarms that an operator turned away from, but to a new one', () => {
    const both = [red, alert({ id: 2 })]
    const away = toOverview(atIncident(), both)
    expect(advance(advance(away, both, 10_000), both, 20_000).mode).toBe('overview')
    const more = [...both, alert({ id: 3 })]
    expect(advance(advance(away, more, 10_000), more, 20_000)).toMatchObject({ mode: 'incident', alertId: 3 })
  })
})
