import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { sendPosition } from '@/api/endpoints'
import { useClock } from '@/shared/format'
import { currentFix, PositionError, type Fix, type NoFix } from '../position'

const EVERY_MS = 60_000
const STORED_AS = 'yiwang.field.sharing'

/** Sends the worker's position once a minute while the page is open, and shows that it does. Nothing is sent when the page is closed or sharing is off. */
export function usePositionSharing() {
  const on = ref(localStorage.getItem(STORED_AS) !== 'off')
  const fix = shallowRef<Fix | null>(null)
  const sentAt = ref<number | null>(null)
  const failure = ref<NoFix | null>(null)
  const tick = useClock(1000, { real: true })
  const age = computed(() => (sentAt.value === null ? null : Math.max(0, Math.round((tick.value - sentAt.value) / 1000))))

  async function report(): Promise<void> {
    if (!on.value) return
    try {
      const found = await currentFix()
      fix.value = found
      failure.value = null
      await sendPosition({ lng: found.lng, lat: found.lat, accuracy_m: found.accuracy_m, at: found.at })
      sentAt.value = Date.now()
    } catch (error) {
      // A position that could not be sent is not kept: a minute later it is no longer true.
      if (error instanceof PositionError) failure.value = error.reason
    }
  }

  function set(next: boolean): void {
    on.value = next
    localStorage.setItem(STORED_AS, next ? 'on' : 'off')
    failure.value = null
    if (next) void report()
    else sentAt.value = null
  }

  const timer = setInterval(() => void report(), EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  void report()
  return { on, fix, age, failure, set }
}

export type Sharing = ReturnType<typeof usePositionSharing>
export const SHARING = Symbol('position sharing')
