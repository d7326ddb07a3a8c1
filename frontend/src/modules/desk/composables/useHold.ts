import { onScopeDispose, ref, shallowRef } from 'vue'

/** A pointer or focus left lying in the list holds it no longer than this. */
const FORGET_AFTER_MS = 20_000

/** True while somebody points at the list or has the focus in it: its lines then stay where they are. */
export function useHold() {
  const held = ref(false)
  const inside = shallowRef({ pointer: false, focus: false })
  let timer: ReturnType<typeof setTimeout> | null = null

  function touch(): void {
    if (timer !== null) clearTimeout(timer)
    held.value = inside.value.pointer || inside.value.focus
    timer = held.value ? setTimeout(() => (held.value = false), FORGET_AFTER_MS) : null
  }

  const set = (part: 'pointer' | 'focus', on: boolean) => (): void => {
    inside.value = { ...inside.value, [part]: on }
    touch()
  }
  onScopeDispose(() => timer !== null && clearTimeout(timer))

  return {
    held,
    listeners: { pointerenter: set('pointer', true), pointerleave: set('pointer', false), pointermove: touch, keydown: touch, focusin: set('focus', true), focusout: set('focus', false) },
  }
}
