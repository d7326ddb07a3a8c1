import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import type { LayoutName, TileCamera } from '../calls'
import { tourStop, tourStops } from '../layouts'

export const TOUR_SECONDS = 20

/** 轮巡: the cameras of the list, as many at a time as there are tiles, the next ones every twenty seconds. */
export function useTour(cameras: Readonly<Ref<readonly TileCamera[]>>, layout: Readonly<Ref<LayoutName>>, show: (tiles: (TileCamera | null)[]) => void) {
  const on = ref(false)
  const stop = ref(0)
  const left = ref(TOUR_SECONDS)
  const stops = computed(() => tourStops(cameras.value.length, layout.value))
  let timer: ReturnType<typeof setInterval> | undefined

  function turn(): void {
    show(tourStop(cameras.value, layout.value, stop.value % stops.value))
    left.value = TOUR_SECONDS
  }

  function tick(): void {
    left.value -= 1
    if (left.value > 0) return
    stop.value = (stop.value + 1) % stops.value
    turn()
  }

  function halt(): void {
    clearInterval(timer)
    on.value = false
  }

  function toggle(): boolean {
    if (on.value) {
      halt()
      return true
    }
    if (cameras.value.length === 0) return false
    stop.value = 0
    on.value = true
    turn()
    timer = setInterval(tick, 1000)
    return true
  }

  watch([layout, cameras], () => {
    if (!on.value) return
    if (cameras.value.length === 0) halt()
    else {
      stop.value = 0
      turn()
    }
  })
  onScopeDispose(() => clearInterval(timer))
  return { on, stop, stops, left, toggle, halt }
}
