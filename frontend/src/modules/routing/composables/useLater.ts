/** A question that is asked a moment after the last change; an older answer never overtakes a newer one. */
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

export function useLater<Asked, Answer>(asked: Ref<Asked | null>, ask: (asked: Asked, signal: AbortSignal) => Promise<Answer>, pauseMs = 500) {
  const answer = shallowRef<Answer | null>(null)
  const failed = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | null = null
  let asking: AbortController | null = null

  function stop(): void {
    if (timer !== null) clearTimeout(timer)
    asking?.abort()
  }

  async function go(what: Asked): Promise<void> {
    asking = new AbortController()
    const { signal } = asking
    try {
      const found = await ask(what, signal)
      if (signal.aborted) return
      answer.value = found
      failed.value = false
    } catch {
      if (signal.aborted) return
      answer.value = null
      failed.value = true
    }
  }

  watch(asked, (what, before) => {
    if (JSON.stringify(what) === JSON.stringify(before) && before !== undefined) return
    stop()
    if (what === null) {
      answer.value = null
      failed.value = false
      return
    }
    timer = setTimeout(() => void go(what), pauseMs)
  }, { immediate: true })
  onScopeDispose(stop)
  return { answer, failed }
}
