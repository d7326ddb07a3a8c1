/** Whether the condition being typed can be used, asked a moment after the last key. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { checkExpression, type Verdict } from '../calls'

const PAUSE_MS = 400

export function useVerdict(expression: Ref<string>) {
  const verdict = ref<Verdict | null>(null)
  const state = ref<'idle' | 'checking' | 'told' | 'failed'>('idle')
  let timer: ReturnType<typeof setTimeout> | null = null
  let asking: AbortController | null = null

  function stop(): void {
    if (timer !== null) clearTimeout(timer)
    asking?.abort()
  }

  async function ask(text: string): Promise<void> {
    asking = new AbortController()
    const { signal } = asking
    try {
      const answer = await checkExpression(text, signal)
      if (signal.aborted) return
      verdict.value = answer
      state.value = 'told'
    } catch {
      if (!signal.aborted) state.value = 'failed'
    }
  }

  watch(expression, (text) => {
    stop()
    if (text.trim() === '') {
      state.value = 'idle'
      return
    }
    state.value = 'checking'
    timer = setTimeout(() => void ask(text), PAUSE_MS)
  }, { immediate: true })
  onScopeDispose(stop)
  return { verdict, state }
}
