import { onScopeDispose, ref, shallowRef } from 'vue'
import { stopHead, turnHead, type Motion } from '../calls'

/** Said again before the platform stops the head by itself (1.5 s). */
const AGAIN_MS = 700

/** Turns one camera while a key or button is held: said again and again, stopped at once when it is let go. */
export function useTurning(failed: (error: unknown) => void = () => {}) {
  const turning = ref<number | null>(null)
  const failure = shallowRef<unknown>(null)
  let timer: ReturnType<typeof setInterval> | undefined
  let told: Promise<unknown> = Promise.resolve()
  let waiting = false

  function say(camera: number, motion: Motion): void {
    if (waiting) return
    waiting = true
    told = turnHead(camera, motion)
      .then(() => (failure.value = null))
      .catch((error: unknown) => {
        failure.value = error
        failed(error)
        end()
      })
      .finally(() => (waiting = false))
  }
  function end(): void {
    clearInterval(timer)
    turning.value = null
  }
  function begin(camera: number, motion: Motion): void {
    if (turning.value !== null) return
    turning.value = camera
    say(camera, motion)
    timer = setInterval(() => say(camera, motion), AGAIN_MS)
  }
  /** The stop must not overtake the step before it. */
  function halt(): void {
    const camera = turning.value
    if (camera === null) return
    end()
    void told.then(() => stopHead(camera)).catch(() => undefined) // the platform stops it by itself
  }
  window.addEventListener('blur', halt)
  onScopeDispose(() => {
    halt()
    window.removeEventListener('blur', halt)
  })
  return { turning, failure, begin, halt }
}
