/** Switching layers of a map on and off: added when first wanted, then only shown and hidden. */
import type { GeoJSONSource, Map as MapLibreMap, VectorTileSource } from 'maplibre-gl'
import { shallowRef, watch, type Ref } from 'vue'
import { EXTRA_LAYERS, layerParts, type ExtraLayer } from './layers'

/** Below what is alive: alarms and names stay on top of every layer. */
const BELOW = 'links'

export function useLayers(map: Ref<MapLibreMap | null>, on: Ref<readonly ExtraLayer[]>) {
  const trouble = shallowRef<ExtraLayer[]>([])
  let stamp = 0

  async function fill(target: MapLibreMap, layer: ExtraLayer, address: string): Promise<void> {
    try {
      const answer = await fetch(address, { credentials: 'same-origin', headers: { accept: 'application/json' } })
      if (!answer.ok) throw new Error(String(answer.status))
      ;(target.getSource(layer) as GeoJSONSource | undefined)?.setData(await answer.json())
      trouble.value = trouble.value.filter((one) => one !== layer)
    } catch {
      if (!trouble.value.includes(layer)) trouble.value = [...trouble.value, layer]
    }
  }

  function apply(): void {
    const target = map.value
    if (target === null) return
    for (const layer of EXTRA_LAYERS) {
      const wanted = on.value.includes(layer)
      const parts = layerParts(layer, location.origin, stamp)
      if (target.getSource(layer) === undefined) {
        if (!wanted) continue
        target.addSource(layer, parts.source)
        for (const one of parts.layers) target.addLayer(one, target.getLayer(BELOW) ? BELOW : undefined)
        if (parts.address) void fill(target, layer, parts.address)
      }
      for (const one of parts.layers) target.setLayoutProperty(one.id, 'visibility', wanted ? 'visible' : 'none')
    }
  }

  /** The tiles of a layer are not what they were. */
  function refresh(layer: ExtraLayer): void {
    stamp += 1
    const source = map.value?.getSource(layer) as VectorTileSource | undefined
    const parts = layerParts(layer, location.origin, stamp)
    if (source && 'tiles' in parts.source && parts.source.tiles) source.setTiles(parts.source.tiles)
  }

  watch([map, on], apply, { immediate: true, deep: true })
  return { refresh, trouble }
}
