import { onScopeDispose, ref, watch } from 'vue'

const SLOW_AFTER_MS = 300

/** True once something has taken long enough that a placeholder is better than nothing. */
export function useSlow(waiting: () => boolean) {
  const slow = ref(false)
  let timer: ReturnType<typeof setTimeout> | null = null
  const cancel = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  watch(
    waiting,
    (now) => {
      cancel()
      slow.value = false
      if (now) timer = setTimeout(() => (slow.value = true), SLOW_AFTER_MS)
    },
    { immediate: true },
  )
  onScopeDispose(cancel)
  return slow
}
