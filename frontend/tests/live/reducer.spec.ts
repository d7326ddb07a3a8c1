import { describe, expect, it } from 'vitest'
import { comparePositions, type Frame, type Item } from '@/live/protocol'
import { emptyStream, placeOf, reduce, type StreamState } from '@/live/reducer'

const changed = (id: string, thing: number, version: number, type = 'event.changed'): Item => ({
  id, type, at: '2026-11-22T06:32:00Z', payload: { id: thing, version, change: 'sign', row: {} },
})
const updates = (through: string, ...items: Item[]): Frame => ({ type: 'updates', through, items })
const held: StreamState = { epoch: 'a', through: '100-0', rooted: true, versions: {} }
const ids = (items: { id?: string }[]): (string | undefined)[] => items.map((item) => item.id)

describe('the place in the stream', () => {
  it('orders positions by time and then by sequence, as numbers', () => {
    expect(comparePositions('99-5', '100-0')).toBeLessThan(0)
    expect(comparePositions('100-10', '100-9')).toBeGreaterThan(0)
    expect(comparePositions('100-1', '100-1')).toBe(0)
  })

  it('takes its first place from the greeting when nothing was fetched yet', () => {
    const step = reduce(emptyStream, { type: 'hello', epoch: 'a', through: '7-0', build_id: 'x', server_time: '', heartbeat_seconds: 5 })
    expect(step.state).toMatchObject({ epoch: 'a', through: '7-0' })
    expect(step.refetch).toBeNull()
  })

  it('keeps its own place through a greeting, so that what is replayed afterwards is applied', () => {
    const greeted = reduce(held, { type: 'hello', epoch: 'a', through: '150-0', build_id: 'x', server_time: '', heartbeat_seconds: 5 })
    expect(greeted.state.through).toBe('100-0')
    const replayed = reduce(greeted.state, updates('150-0', changed('120-0', 1, 2)))
    expect(ids(replayed.deliver as Item[])).toEqual(['120-0'])
    expect(replayed.state.through).toBe('150-0')
  })

  it('advances with heartbeats, which say that nothing visible was missed', () => {
    expect(reduce(held, { type: 'heartbeat', through: '130-0', server_time: '' }).state.through).toBe('130-0')
  })

  it('never goes back when frames arrive out of order', () => {
    const late = reduce({ ...held, through: '200-0' }, { type: 'heartbeat', through: '130-0', server_time: '' })
    expect(late.state.through).toBe('200-0')
  })
})

describe('updates', () => {
  it('are delivered oldest first, across a gap in their ids', () => {
    const step = reduce(held, updates('190-0', changed('101-0', 1, 1), changed('190-0', 2, 1)))
    expect(ids(step.deliver as Item[])).toEqual(['101-0', '190-0'])
  })

  it('are applied once when they are sent twice', () => {
    const first = reduce(held, updates('101-0', changed('101-0', 1, 3)))
    const second = reduce(first.state, updates('101-0', changed('101-0', 1, 3)))
    expect(second.deliver).toEqual([])
  })

  it('with a version that is not newer are dropped, whatever their place', () => {
    const first = reduce(held, updates('101-0', changed('101-0', 1, 3)))
    const second = reduce(first.state, updates('103-0', changed('102-0', 1, 3), changed('103-0', 1, 2)))
    expect(second.deliver).toEqual([])
    expect(second.state.through).toBe('103-0')
  })

  it('count versions per kind: event 1 and order 1 are two things', () => {
    const step = reduce(held, updates('102-0', changed('101-0', 1, 3), changed('102-0', 1, 1, 'order.changed')))
    expect(step.deliver).toHaveLength(2)
  })

  it('that something is gone always apply, and let it come back with the version it had', () => {
    const gone: Item = { id: '102-0', type: 'gone', at: '', payload: { kind: 'event', id: 1 } }
    const step = reduce(held, updates('103-0', changed('101-0', 1, 3), gone, changed('103-0', 1, 3)))
    expect(ids(step.deliver as Item[])).toEqual(['101-0', '102-0', '103-0'])
  })

  it('that are latest-only pass through without moving the place', () => {
    const step = reduce(held, { type: 'latest', items: [{ type: 'camera.state', payload: { id: 4 } }] })
    expect(step.deliver).toHaveLength(1)
    expect(step.state).toBe(held)
  })
})

describe('fetching again', () => {
  it('is asked for by a reset, which also forgets every version', () => {
    const before = reduce(held, updates('101-0', changed('101-0', 1, 3))).state
    const step = reduce(before, { type: 'reset', reason: 'too_old', epoch: 'a', through: '900-0' })
    expect(step).toMatchObject({ refetch: 'too_old', state: { through: '900-0', versions: {} } })
  })

  it('is asked for when the greeting names another epoch', () => {
    const step = reduce(held, { type: 'hello', epoch: 'b', through: '5-0', build_id: 'x', server_time: '', heartbeat_seconds: 5 })
    expect(step).toMatchObject({ refetch: 'epoch', state: { epoch: 'b', through: '5-0' } })
  })

  it('is asked for when an answer was read in another epoch than the socket is in', () => {
    expect(placeOf(held, '120-0', 'b').refetch).toBe('epoch')
  })

  it('is not asked for by an answer that was read later than the place held', () => {
    expect(placeOf(held, '120-0', 'a').refetch).toBeNull()
  })

  it('is asked for when the first greeting begins later than the first answer was read', () => {
    const early = reduce(emptyStream, { type: 'hello', epoch: 'a', through: '100-0', build_id: 'x', server_time: '', heartbeat_seconds: 5 })
    expect(placeOf(early.state, '90-0', 'a').refetch).toBe('gap')
  })
})
