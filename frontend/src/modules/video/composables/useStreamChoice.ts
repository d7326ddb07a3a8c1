import { computed, ref, type Ref } from 'vue'
import type { Leave, TileCamera } from '../calls'

/** Which of a camera's streams a tile plays: the smaller one while it is small, the main one when it is large or the smaller one fails. */
export function useStreamChoice(camera: Readonly<Ref<TileCamera | null>>, small: Readonly<Ref<boolean>>, leave: Readonly<Ref<Leave | null>>) {
  const isSub = ref(false)
  /** The smaller stream is there but did not come; the tile says so. */
  const failed = ref(false)
  /** The leave, with the address of the chosen stream. */
  const passed = computed<Leave | null>(() => (leave.value !== null && isSub.value ? { ...leave.value, base: `${leave.value.base}/sub` } : leave.value))

  /** True where it is another one than before. */
  function choose(): boolean {
    const before = isSub.value
    isSub.value = small.value && camera.value?.has_sub_stream === true && !failed.value
    return isSub.value !== before
  }
  /** False where there is nothing else to try. */
  function giveUp(): boolean {
    if (!isSub.value) return false
    failed.value = true
    return choose()
  }
  function forget(): void {
    failed.value = false
    choose()
  }
  return { isSub, failed, passed, choose, giveUp, forget }
}
