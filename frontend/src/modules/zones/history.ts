/** Steps back and forth through values that are never changed in place. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'

const MOST_STEPS = 200
const SAME_MOVE_MS = 800

export interface History<T> {
  present: ShallowRef<T>
  mayUndo: ComputedRef<boolean>
  mayRedo: ComputedRef<boolean>
  /** Steps with one `move` name that follow each other quickly are one step back: a held arrow key, a word typed. A drag (`isOne`) is one however slow. */
  change(next: T, move?: string, isOne?: boolean): void
  /** Not a step: what came from elsewhere, in every step that is kept. */
  amend(how: (value: T) => T): void
  undo(): void
  redo(): void
}

export function useHistory<T>(first: T, clock: () => number = Date.now): History<T> {
  const present = shallowRef(first) as ShallowRef<T>
  const past = shallowRef<T[]>([])
  const future = shallowRef<T[]>([])
  let last = { move: '', at: -Infinity }

  function change(next: T, move = '', isOne = false): void {
    const goesOn = move !== '' && move === last.move && (isOne || clock() - last.at < SAME_MOVE_MS) && past.value.length > 0
    if (!goesOn) past.value = [...past.value, present.value].slice(-MOST_STEPS)
    last = { move, at: clock() }
    future.value = []
    present.value = next
  }
  function amend(how: (value: T) => T): void {
    past.value = past.value.map(how)
    future.value = future.value.map(how)
    present.value = how(present.value)
  }
  function undo(): void {
    const before = past.value.at(-1)
    if (before === undefined) return
    past.value = past.value.slice(0, -1)
    future.value = [present.value, ...future.value]
    present.value = before
    last = { move: '', at: -Infinity }
  }
  function redo(): void {
    const [next, ...rest] = future.value
    if (next === undefined) return
    future.value = rest
    past.value = [...past.value, present.value]
    present.value = next
    last = { move: '', at: -Infinity }
  }
  return { present, mayUndo: computed(() => past.value.length > 0), mayRedo: computed(() => future.value.length > 0), change, amend, undo, redo }
}
