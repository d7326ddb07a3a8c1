import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { channelName, same, wordFrom, type Camera, type Shown, type Word } from '../mapWindow'
import { useLife } from './useLife'

const WINDOW = 'yiwang-desk-map'

interface Desk {
  person: number
  shown: Ref<Shown>
  view: Ref<Record<string, string>>
  show(shown: Shown): void
  camera(camera: Camera): void
  blocked(): void
}

/** The desk's side of two screens: while the map has a window of its own, the desk keeps its room for the case. */
export function useMapWindow(desk: Desk) {
  const apart = ref(false)
  const channel = new BroadcastChannel(channelName(desk.person))
  const { live, whenGone } = useLife()
  const say = (word: Word): void => channel.postMessage(word)
  let heard: Shown | null = null

  const tell = (): void => say({ kind: 'desk', shown: { ...desk.shown.value }, view: { ...desk.view.value } })
  const back = (): void => void (apart.value = false)

  channel.onmessage = ({ data }: MessageEvent): void => {
    const word = wordFrom(data)
    if (word?.kind === 'here') {
      apart.value = true
      whenGone(`${channelName(desk.person)}.map`, back)
      tell()
    } else if (word?.kind === 'map') {
      heard = word.shown
      if (!same(word.shown, desk.shown.value)) desk.show(word.shown)
    } else if (word?.kind === 'camera') desk.camera(word.camera)
    else if (word?.kind === 'bye' && word.from === 'map') back()
  }

  // What came from the map is not told back to it.
  watch([desk.shown, desk.view], ([shown], [, viewBefore]) => {
    if (apart.value && !(heard !== null && same(shown, heard) && viewBefore === desk.view.value)) tell()
    heard = null
  })

  function toggle(): void {
    if (apart.value) {
      say({ kind: 'close' })
      back()
      return
    }
    const item = desk.shown.value.item
    const query = new URLSearchParams({ ...desk.view.value, ...(item === null ? {} : { item }) })
    const made = window.open(`/desk/map?${query}`, WINDOW, 'popup,width=1280,height=900')
    if (made === null) desk.blocked()
    else made.focus()
  }

  const bye = (): void => say({ kind: 'bye', from: 'desk' })
  window.addEventListener('pagehide', bye)
  live(`${channelName(desk.person)}.desk`, () => say({ kind: 'who' }))
  onScopeDispose(() => {
    window.removeEventListener('pagehide', bye)
    bye()
    channel.close()
  })
  return { apart, toggle, camera: (camera: Camera) => say({ kind: 'camera', camera }) }
}
