import { computed, watch, type Ref } from 'vue'
import { now } from '@/shared/format'
import type { Values } from '../moves'
import { isHeld, type Outgoing } from '../outgoing'
import { useOutgoing } from './useOutgoing'
import { useUndone } from './useUndone'

interface Page {
  path: Outgoing['page']
  /** The page's name of what is on the screen, as `event:12`. */
  subject: Ref<string | null>
  /** What people call it, when its limit ends, and where this move of it goes; null while it is not there. */
  read(move: string): { about: string; dueAt: string | null; target: Outgoing['target'] } | null
  ready: Ref<boolean>
  begin(move: string, answers: Values): boolean
  /** This went out: what is on the screen may be older than its answer. */
  again(item: Outgoing): void
}

/** Lets the moves of a page wait that can be taken back, and opens their form again when they are. */
export function useHoldBack(page: Page) {
  const outgoing = useOutgoing()
  const waiting = computed(() => (page.subject.value === null ? null : (outgoing.waitsFor(page.subject.value)?.move ?? null)))
  function hold(move: string, payload: Outgoing['payload'], key: string): boolean {
    const read = page.read(move)
    if (read === null || page.subject.value === null || !isHeld(move, read.dueAt, now())) return false
    return outgoing.hold({ key, target: read.target, subject: page.subject.value, about: read.about, page: page.path, move, payload })
  }
  useUndone(page.subject, computed(() => page.ready.value && waiting.value === null), page.begin)
  watch(() => outgoing.sent, (item) => item && item.subject === page.subject.value && page.again(item))
  return { waiting, hold }
}
