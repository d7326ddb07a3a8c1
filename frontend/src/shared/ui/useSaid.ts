import { onScopeDispose, ref } from 'vue'

/** Words that tell for a few seconds what was done; the newest take the place of those before them. */
export function useSaid(milliseconds = 5000) {
  const said = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  function say(words: string): void {
    said.value = words
    clearTimeout(timer)
    timer = setTimeout(() => (said.value = ''), milliseconds)
  }
  onScopeDispose(() => clearTimeout(timer))
  return { said, say }
}
