import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { channelName, same, wordFrom, type Camera, type Shown, type Word } from '../mapWindow'
import { useLife } from './useLife'

interface MapSide {
  person: number
  shown: Ref<Shown>
  show(shown: Shown, view: Record<string, string>): void
  camera(camera: Camera): void
}

/** The map's side of two screens: it follows its desk, tells it what is picked, and goes on alone when the desk is closed. */
export function useDeskOf(map: MapSide) {
  const together = ref(false)
  const name = channelName(map.person)
  const channel = new BroadcastChannel(name)
  const { live, whenGone } = useLife()
  const say = (word: Word): void => channel.postMessage(word)
  const alone = (): void => void (together.value = false)
  let heard: Shown | null = null

  channel.onmessage = ({ data }: MessageEvent): void => {
    const word = wordFrom(data)
    if (word?.kind === 'desk') {
      together.value = true
      heard = word.shown
      map.show(word.shown, word.view)
    } else if (word?.kind === 'who') say({ kind: 'here' })
    else if (word?.kind === 'camera') map.camera(word.camera)
    else if (word?.kind === 'close') window.close()
    else if (word?.kind === 'bye' && word.from === 'desk') alone()
  }
  watch(together, (now) => now && whenGone(`${name}.desk`, alone))
  watch(map.shown, (shown) => {
    if (heard === null || !same(shown, heard)) say({ kind: 'map', shown: { ...shown } })
    heard = null
  })

  const bye = (): void => say({ kind: 'bye', from: 'map' })
  window.addEventListener('pagehide', bye)
  live(`${name}.map`, () => say({ kind: 'here' }))
  onScopeDispose(() => {
    window.removeEventListener('pagehide', bye)
    bye()
    channel.close()
  })
  return { together, camera: (camera: Camera) => say({ kind: 'camera', camera }) }
}
