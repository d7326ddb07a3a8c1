import type { Map as MapLibreMap } from 'maplibre-gl'
import { computed, watch, type ShallowRef } from 'vue'
import { useGround } from '@/modules/casework/composables/useGround'
import { useSession } from '@/modules/session/store'
import { isFrozen } from '@/shared/format'
import { collection, point } from '@/shared/map'

const CLOSE = 17

/** Where a register's map begins, what lies under it, and going to what is chosen, which is marked. */
export function useRegisterMap(map: Readonly<ShallowRef<MapLibreMap | null>>, selected: () => { id: number; lng: number; lat: number } | null) {
  const session = useSession()
  const { ground } = useGround()
  const first = selected()
  const overview = session.district?.camera ?? { center: [118.72, 32.01] as [number, number], zoom: 12, pitch: 0, bearing: 0 }
  const start = { ...overview, pitch: 0, bearing: 0, ...(first ? { center: [first.lng, first.lat] as [number, number], zoom: CLOSE } : {}) }
  const data = computed(() => {
    const one = selected()
    return { ...ground.value, selected: collection(one ? [point(one.lng, one.lat, { level: 4 })] : []) }
  })

  /** Whichever comes last, the map or what an address names: the other waits for it. */
  watch([map, () => selected()?.id], () => {
    const one = selected()
    if (!map.value || !one) return
    const target = { center: [one.lng, one.lat] as [number, number], zoom: Math.max(map.value.getZoom(), CLOSE) }
    if (isFrozen() || matchMedia('(prefers-reduced-motion: reduce)').matches) map.value.jumpTo(target)
    else map.value.easeTo({ ...target, duration: 400 })
  })
  return { start, data }
}
