/** What the camera sees now, asked for again and again while the page is looked at, and its newest picture. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { fetchPreview, type Preview } from '../calls'

const EVERY_MS = 500
const AFTER_FAILURE_MS = 3000

export type PreviewState = 'off' | 'waiting' | 'live' | 'unavailable' | 'broken'

export function usePreview(camera: number) {
  const preview = shallowRef<Preview | null>(null)
  const state = ref<PreviewState>('waiting')
  const wanted = ref(true)
  const picture = ref<string | null>(null)
  const ratio = ref(9 / 16)
  let timer: ReturnType<typeof setTimeout> | undefined
  let request: AbortController | null = null
  let over = false
  let loading = ''

  /** The new picture takes the place of the old one only when it is there, so that the page never blinks. */
  function show(url: string | null): void {
    if (url === null || url === picture.value || url === loading) return
    loading = url
    const image = new Image()
    image.onload = () => {
      if (over) return
      picture.value = url
      loading = ''
      if (image.naturalWidth > 0) ratio.value = image.naturalHeight / image.naturalWidth
    }
    image.onerror = () => (loading = '')
    image.src = url
  }

  async function ask(): Promise<void> {
    request = new AbortController()
    let pause = EVERY_MS
    try {
      if (document.visibilityState !== 'hidden') {
        const seen = await fetchPreview(camera, request.signal)
        preview.value = seen
        state.value = wanted.value ? seen.state : 'off'
        show(seen.still_url)
      }
    } catch {
      if (over) return
      state.value = 'broken'
      pause = AFTER_FAILURE_MS
    }
    if (!over) timer = setTimeout(() => void ask(), pause)
  }
  void ask()
  onScopeDispose(() => {
    over = true
    clearTimeout(timer)
    request?.abort()
  })
  const toggle = (): void => {
    wanted.value = !wanted.value
    state.value = wanted.value ? (preview.value?.state ?? 'waiting') : 'off'
  }
  return { preview, state, wanted, picture, ratio, toggle }
}
