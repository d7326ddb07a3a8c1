import { ErrorTypes, Events, Hls, isSupported } from 'hls.js/light'
import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { now } from '@/shared/format/clock'
import { TICKET_HEADER, type Leave } from '../calls'
import { catchUp } from '../latency'

const LOOK_EVERY_MS = 500
/** A picture that stands still for so long while it should play is asked after. */
const STANDS_MS = 4000

export const canPlay = (): boolean => isSupported()

/**
 * Plays one camera's list in a video element, and keeps it near the newest picture. `stumbled` is told when something
 * is wrong: whoever owns the player asks why. `undecodable` when the browser itself cannot play it.
 */
export function usePlayer(video: Readonly<Ref<HTMLVideoElement | null>>, leave: Readonly<Ref<Leave | null>>, tell: { stumbled(): void; undecodable(): void }) {
  let hls: Hls | null = null
  let moved = { at: 0, time: -1 }
  let repaired = 0
  /** Seconds from the arrival of the shown picture at the platform; null while nothing plays. */
  const latency = ref<number | null>(null)
  const playing = shallowRef(false)

  function start(): void {
    stop()
    const element = video.value
    const given = leave.value
    if (element === null || given === null) return
    const player = new Hls({
      lowLatencyMode: true,
      // The site's rules forbid workers from blobs; what is remuxed already needs none.
      enableWorker: false,
      backBufferLength: 6,
      maxBufferLength: 12,
      maxMaxBufferLength: 20,
      maxLiveSyncPlaybackRate: 1,
      xhrSetup: (request) => request.setRequestHeader(TICKET_HEADER, leave.value?.ticket ?? ''),
    })
    hls = player
    repaired = 0
    moved = { at: Date.now(), time: -1 }
    player.on(Events.ERROR, (_event, fault) => {
      if (player !== hls) return
      if (fault.type === ErrorTypes.MEDIA_ERROR && fault.fatal) {
        repaired += 1
        if (repaired > 2) tell.undecodable()
        else player.recoverMediaError()
      } else if (fault.fatal || fault.type === ErrorTypes.NETWORK_ERROR) tell.stumbled()
    })
    player.on(Events.MEDIA_ATTACHED, () => player.loadSource(`${location.origin}${given.base}/live.m3u8`))
    player.attachMedia(element)
    // Muted pictures may begin by themselves; a browser that forbids even this shows the first picture.
    element.muted = true
    player.on(Events.MANIFEST_PARSED, () => void element.play().catch(() => undefined))
  }

  function stop(): void {
    hls?.destroy()
    hls = null
    playing.value = false
    latency.value = null
  }

  function look(): void {
    const element = video.value
    if (hls === null || element === null) return
    if (element.currentTime !== moved.time) moved = { at: Date.now(), time: element.currentTime }
    playing.value = element.currentTime > 0 && element.readyState >= 2 && Date.now() - moved.at < STANDS_MS
    const shown = hls.playingDate
    latency.value = playing.value && shown ? (now() - shown.getTime()) / 1000 : null
    const { rate, jump } = catchUp(latency.value, element.playbackRate)
    if (element.playbackRate !== rate) element.playbackRate = rate
    if (jump && hls.liveSyncPosition !== null && hls.liveSyncPosition > element.currentTime + 1) element.currentTime = hls.liveSyncPosition
    if (element.paused && element.readyState >= 2) void element.play().catch(() => undefined)
    if (Date.now() - moved.at > STANDS_MS) {
      moved.at = Date.now()
      tell.stumbled()
    }
  }

  const timer = setInterval(look, LOOK_EVERY_MS)
  onScopeDispose(() => {
    clearInterval(timer)
    stop()
  })
  return { start, stop, latency, playing }
}
