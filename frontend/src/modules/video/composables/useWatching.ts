import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/errors'
import { now } from '@/shared/format/clock'
import { askPassing, closeViewing, fetchStill, keepViewing, openViewing, type Leave, type TileCamera, type Way } from '../calls'
import { pauseBefore } from '../latency'
import { canPlay, usePlayer } from './usePlayer'
import { useStreamChoice } from './useStreamChoice'

const KEEP_EVERY_MS = 20_000
const ASK_EVERY_MS = 1500
const STILL_EVERY_MS = 1000
/** A hidden page is not watched: it lets go after so long. */
const HIDDEN_MS = 10_000

export type TileState = 'empty' | 'purpose' | 'opening' | 'live' | 'stills' | 'lost' | 'forbidden' | 'gone' | 'failed'
/** Why there are stills and no video. */
export type StillsReason = 'masked' | 'codec' | 'decoder' | 'many' | 'chosen' | 'full'

interface Wishes {
  camera: Readonly<Ref<TileCamera | null>>
  eventId: Readonly<Ref<number | null>>
  /** Whether this tile may decode video; else it shows stills, for the reason given. */
  stills: Readonly<Ref<StillsReason | null>>
  /** Whether the tile takes a quarter of the screen or less. */
  small: Readonly<Ref<boolean>>
  video: Readonly<Ref<HTMLVideoElement | null>>
  /** Keeps what is shown now, before the player is taken away. */
  keepPicture(): void
}

/** One tile's watching: leave is asked for, kept and given back; video where it can be, stills where not, and reasons. */
export function useWatching({ camera, eventId, stills, small, video, keepPicture }: Wishes) {
  const state = ref<TileState>('empty')
  const reason = ref<StillsReason | null>(null)
  const codec = ref('')
  const lostSince = ref<number | null>(null)
  const tries = ref(0)
  /** It is not the camera that is lost, but what passes it on. */
  const isOurs = ref(false)
  const failure = shallowRef<unknown>(null)
  const still = ref<string | null>(null)
  const stillAt = ref<number | null>(null)
  const leave = shallowRef<Leave | null>(null)
  let purpose = ''
  let turn = 0
  let failed = 0
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined
  const timers = new Set<ReturnType<typeof setTimeout>>()

  const stream = useStreamChoice(camera, small, leave)
  const player = usePlayer(video, stream.passed, {
    stumbled: () => void ask(turn),
    undecodable: () => showStills(turn, 'decoder'),
  })

  /** Does the work later, unless the tile has turned to something else by then. */
  function later(mine: number, ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (mine === turn) work()
    }, ms)
    timers.add(timer)
  }

  function end(): void {
    turn += 1
    timers.forEach(clearTimeout)
    timers.clear()
    player.stop()
    const held = leave.value
    leave.value = null
    if (held !== null) void closeViewing(held.id).catch(() => undefined)
  }

  function dropStill(): void {
    if (still.value !== null) URL.revokeObjectURL(still.value)
    still.value = null
    stillAt.value = null
  }

  async function begin(): Promise<void> {
    end()
    const mine = turn
    const wanted = camera.value
    reason.value = null
    failure.value = null
    if (wanted === null) {
      state.value = 'empty'
      return
    }
    if (!wanted.may_watch) {
      state.value = 'forbidden'
      return
    }
    if (wanted.asks_purpose && purpose === '' && eventId.value === null) {
      state.value = 'purpose'
      return
    }
    state.value = state.value === 'lost' ? 'lost' : 'opening'
    try {
      const given = await openViewing(wanted.id, { ...(purpose ? { purpose } : {}), ...(eventId.value === null ? {} : { event_id: eventId.value }), way: way() })
      if (mine !== turn) {
        void closeViewing(given.id).catch(() => undefined)
        return
      }
      leave.value = given
      failed = 0
      stream.choose()
      later(mine, KEEP_EVERY_MS, () => void keep(mine))
      if (stills.value !== null) showStills(mine, stills.value)
      else await ask(mine)
    } catch (error) {
      if (mine === turn) refuse(mine, error)
    }
  }

  const way = (): Way => (stills.value !== null || state.value === 'stills' ? 'stills' : 'live')

  function refuse(mine: number, error: unknown): void {
    failure.value = error
    const code = error instanceof ApiError ? error.code : ''
    if (code === 'purpose_needed') state.value = 'purpose'
    else if (code === 'forbidden') state.value = 'forbidden'
    else if (code === 'not_found') state.value = 'gone'
    else {
      state.value = 'failed'
      failed += 1
      later(mine, pauseBefore(failed, Math.random()) * 1000, () => void begin())
    }
  }

  async function keep(mine: number): Promise<void> {
    const held = leave.value
    if (held === null) return
    try {
      const given = await keepViewing(held.id, way())
      if (mine !== turn) return
      leave.value = given
      later(mine, KEEP_EVERY_MS, () => void keep(mine))
    } catch (error) {
      if (mine !== turn) return
      const code = error instanceof ApiError ? error.code : ''
      if (['viewing_over', 'not_found', 'forbidden'].includes(code)) void begin()
      else later(mine, 4000, () => void keep(mine))
    }
  }

  let asking = -1
  /** What is the matter, and what follows from it. */
  async function ask(mine: number): Promise<void> {
    const held = stream.passed.value
    if (held === null || mine !== turn || asking === mine || state.value === 'stills') return
    asking = mine
    const answer = await askPassing(held)
    asking = -1
    if (mine !== turn || held.camera_id !== leave.value?.camera_id) return
    if (held.base !== stream.passed.value?.base) return ask(mine)
    const fails = answer.ok ? answer.passing.state === 'lost' || !answer.passing.is_playable : answer.status === 404
    if (fails && stream.giveUp()) return turnOver(mine)
    if (!answer.ok) {
      if (answer.status === 401) void keep(mine)
      if (answer.status === 404 || answer.status === 403) {
        state.value = 'gone'
        player.stop()
        return
      }
      if (answer.code === 'too_many_watched') showStills(mine, 'full')
      else lose(mine, lostSince.value ?? now(), tries.value + 1, true)
      return
    }
    const { passing } = answer
    codec.value = passing.codec
    if (passing.state === 'lost') lose(mine, Date.parse(passing.since), passing.tries)
    else if (!passing.is_playable) showStills(mine, passing.is_masked ? 'masked' : 'codec')
    else if (!canPlay()) showStills(mine, 'decoder')
    else if (passing.state === 'connecting') later(mine, 400, () => void ask(mine))
    else play(mine)
  }

  /** To the other stream of the camera; what is shown stays until it comes. */
  function turnOver(mine: number): void {
    keepPicture()
    player.stop()
    state.value = 'opening'
    void ask(mine)
  }

  function play(mine: number): void {
    if (state.value !== 'live' || lostSince.value !== null || !player.playing.value) {
      keepPicture()
      player.start()
    }
    lostSince.value = null
    tries.value = 0
    state.value = 'live'
    reason.value = null
    void mine
  }

  function lose(mine: number, since: number, count: number, ours = false): void {
    isOurs.value = ours
    if (state.value !== 'lost') {
      keepPicture()
      player.stop()
    }
    state.value = 'lost'
    lostSince.value = since
    tries.value = count
    later(mine, ASK_EVERY_MS, () => void ask(mine))
  }

  function showStills(mine: number, why: StillsReason): void {
    if (mine !== turn || (state.value === 'stills' && reason.value === why)) return
    keepPicture()
    player.stop()
    state.value = 'stills'
    reason.value = why
    lostSince.value = null
    void nextStill(mine, 0)
  }

  async function nextStill(mine: number, misses: number): Promise<void> {
    const held = leave.value
    if (held === null || mine !== turn || state.value !== 'stills') return
    const began = Date.now()
    const picture = await (reason.value === 'full' ? workersStill() : fetchStill(stream.passed.value ?? held))
    if (mine !== turn || state.value !== 'stills') return
    if (picture !== null) {
      dropStill()
      still.value = URL.createObjectURL(picture)
      stillAt.value = now()
      lostSince.value = null
      tries.value = 0
    } else {
      const answer = await askPassing(stream.passed.value ?? held)
      if (mine !== turn) return
      if (answer.ok && answer.passing.state === 'lost') {
        lostSince.value = Date.parse(answer.passing.since)
        tries.value = answer.passing.tries
      } else if (!answer.ok && answer.code === 'too_many_watched') reason.value = 'full'
    }
    const every = reason.value === 'full' ? 5 * STILL_EVERY_MS : STILL_EVERY_MS
    later(mine, Math.max(picture === null ? ASK_EVERY_MS : 0, every - (Date.now() - began)), () => void nextStill(mine, picture === null ? misses + 1 : 0))
  }

  /** Where as many cameras are passed on as may be: the picture that the analysing worker left. */
  async function workersStill(): Promise<Blob | null> {
    const address = camera.value?.still_url
    if (!address) return null
    try {
      const answer = await fetch(address.split('?')[0]!, { cache: 'no-store' })
      return answer.ok ? await answer.blob() : null
    } catch {
      return null
    }
  }

  function say(words: string): void {
    purpose = words.trim()
    if (purpose !== '') void begin()
  }

  watch(() => camera.value?.id ?? null, () => {
    purpose = ''
    lostSince.value = null
    tries.value = 0
    state.value = 'empty'
    dropStill()
    stream.forget()
    void begin()
  })
  watch(small, () => {
    if (stream.choose() && leave.value !== null && (state.value === 'live' || state.value === 'opening' || state.value === 'lost')) turnOver(turn)
  })
  watch(stills, (why, before) => {
    if (leave.value === null || (why === null) === (before === null)) return
    if (why !== null) showStills(turn, why)
    else {
      state.value = 'opening'
      void ask(turn)
    }
  })

  function seen(): void {
    clearTimeout(hiddenTimer)
    if (document.visibilityState === 'hidden') hiddenTimer = setTimeout(end, HIDDEN_MS)
    else if (leave.value === null && !['empty', 'purpose', 'forbidden'].includes(state.value)) void begin()
  }
  const leaving = (): void => end()
  document.addEventListener('visibilitychange', seen)
  window.addEventListener('pagehide', leaving)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', seen)
    window.removeEventListener('pagehide', leaving)
    clearTimeout(hiddenTimer)
    end()
    dropStill()
  })

  const latency = computed(() => (state.value === 'live' ? player.latency.value : null))
  return { state, reason, codec, lostSince, tries, isOurs, failure, still, stillAt, latency, isSub: stream.isSub, subFailed: stream.failed, playing: player.playing, begin, say, retry: () => void begin() }
}
