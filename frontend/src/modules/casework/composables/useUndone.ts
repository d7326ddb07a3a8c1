import { nextTick, watch, type Ref } from 'vue'
import type { Values } from '../moves'
import { useOutgoing } from './useOutgoing'

/** Opens the form of a move that was taken back, with what was typed, as soon as its case is on the screen. */
export function useUndone(subject: Ref<string | null>, ready: Ref<boolean>, begin: (move: string, answers: Values) => boolean): void {
  const outgoing = useOutgoing()
  watch([() => outgoing.undone, subject, ready], async ([undone, now, isReady]) => {
    if (undone === null || now !== undone.subject || !isReady) return
    await nextTick()
    const item = outgoing.takeUndone(now)
    if (item === null) return
    const { version: _version, ...answers } = item.payload
    begin(item.move, answers as Values)
  }, { immediate: true })
}
