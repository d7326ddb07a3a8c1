/**
 * What a page knows about its place in the stream, and what each frame does to it. Pure: the socket, the clock and
 * the screens are elsewhere, so every order in which frames can arrive is a unit test.
 */
import { comparePositions, type Frame, type Item, type LatestItem } from './protocol'

export interface StreamState {
  epoch: string | null
  /** Everything up to here has been applied; this is what a reconnecting client says. */
  through: string | null
  /** Whether what the screens hold has been tied to this place; until then an earlier answer leaves a hole. */
  rooted: boolean
  /** The newest version applied per thing, as `event:17` → 4. */
  versions: Readonly<Record<string, number>>
}

export interface Step {
  state: StreamState
  /** Updates to hand to the screens, oldest first. */
  deliver: (Item | LatestItem)[]
  /** Set when what the screens hold can no longer be trusted and must be fetched again. */
  refetch: 'epoch' | 'too_old' | 'rights' | 'gap' | null
}

export const emptyStream: StreamState = { epoch: null, through: null, rooted: false, versions: {} }

const unchanged = (state: StreamState): Step => ({ state, deliver: [], refetch: null })

const later = (a: string | null, b: string): string => (a === null || comparePositions(b, a) > 0 ? b : a)

/** `event:17` for an update that carries a version, or null for those that always apply. */
function thingOf(item: Item): { key: string; version: number } | null {
  const payload = item.payload as { id?: unknown; version?: unknown } | null
  if (!item.type.endsWith('.changed') || typeof payload?.id !== 'number' || typeof payload.version !== 'number') return null
  return { key: `${item.type.slice(0, -'.changed'.length)}:${payload.id}`, version: payload.version }
}

function applyUpdates(state: StreamState, items: Item[], through: string): Step {
  const versions = { ...state.versions }
  const deliver: Item[] = []
  for (const item of items) {
    if (state.through !== null && comparePositions(item.id, state.through) <= 0) continue
    const thing = thingOf(item)
    if (thing) {
      if ((versions[thing.key] ?? -1) >= thing.version) continue
      versions[thing.key] = thing.version
    }
    if (item.type === 'gone') {
      const gone = item.payload as { kind: string; id: number }
      // What comes back into sight later may carry the version it had when it left.
      delete versions[`${gone.kind}:${gone.id}`]
    }
    deliver.push(item)
  }
  return { state: { ...state, through: later(state.through, through), versions }, deliver, refetch: null }
}

export function reduce(state: StreamState, frame: Frame): Step {
  switch (frame.type) {
    case 'hello':
      if (state.epoch !== null && state.epoch !== frame.epoch) {
        return { state: { epoch: frame.epoch, through: frame.through, rooted: false, versions: {} }, deliver: [], refetch: 'epoch' }
      }
      // A known position stays until the replay has come: the server's head is not yet what this page has.
      return unchanged({ ...state, epoch: frame.epoch, through: state.through ?? frame.through })
    case 'reset':
      return { state: { epoch: frame.epoch, through: frame.through, rooted: false, versions: {} }, deliver: [], refetch: frame.reason }
    case 'updates':
      return applyUpdates(state, frame.items, frame.through)
    case 'heartbeat':
      return unchanged({ ...state, through: later(state.through, frame.through) })
    case 'latest':
      return { state, deliver: frame.items, refetch: null }
  }
}

/**
 * A fetched answer says where the stream stood when it was read. The first one gives the page its place; one that was
 * read before the place the socket began at has a hole behind it and must be fetched again.
 */
export function placeOf(state: StreamState, asOf: string, epoch: string): Step {
  if (state.through === null) return unchanged({ ...state, epoch, through: asOf, rooted: true })
  if (state.epoch !== null && state.epoch !== epoch) {
    return { state: { epoch, through: asOf, rooted: true, versions: {} }, deliver: [], refetch: 'epoch' }
  }
  const hole = !state.rooted && comparePositions(asOf, state.through) < 0
  return { state: { ...state, rooted: true }, deliver: [], refetch: hole ? 'gap' : null }
}
