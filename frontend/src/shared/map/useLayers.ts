/** Switching layers of a map on and off: added when first wanted, then only shown and hidden. */
import type { GeoJSONSource, Map as MapLibreMap, VectorTileSource } from 'maplibre-gl'
import { onMounted, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { EXTRA_LAYERS, layerParts, type ExtraLayer } from './layers'
import { onGroundChanged } from './renewal'
import { idOf, sourceParts, UNDER, type MapSource } from './sources'

/** Below what is alive: alarms and names stay on top of every layer. */
const BELOW = 'links'

export function useLayers(map: Ref<MapLibreMap | null>, on: Ref<readonly ExtraLayer[]>) {
  const trouble = shallowRef<ExtraLayer[]>([])
  const sources = shallowRef<MapSource[]>([])
  const shown = ref<number[]>([])
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
        for (const sign of parts.pictures?.() ?? []) if (!target.hasImage(sign.name)) target.addImage(sign.name, sign.image, { pixelRatio: sign.pixelRatio })
        target.addSource(layer, parts.source)
        for (const one of parts.layers) target.addLayer(one, target.getLayer(BELOW) ? BELOW : undefined)
        if (parts.address) void fill(target, layer, parts.address)
      }
      for (const one of parts.layers) target.setLayoutProperty(one.id, 'visibility', wanted ? 'visible' : 'none')
    }
  }

  function applySources(): void {
    const target = map.value
    if (target === null) return
    for (const source of sources.value) {
      const wanted = shown.value.includes(source.id)
      const parts = sourceParts(source, location.origin)
      if (!parts) continue
      if (target.getSource(idOf(source)) === undefined) {
        if (!wanted) continue
        target.addSource(idOf(source), parts.source)
        target.addLayer(parts.layer, UNDER.find((layer) => target.getLayer(layer)))
      }
      target.setLayoutProperty(parts.layer.id, 'visibility', wanted ? 'visible' : 'none')
    }
  }

  onMounted(async () => {
    try {
      const answer = await fetch('/api/v1/map-sources', { credentials: 'same-origin', headers: { accept: 'application/json' } })
      if (answer.ok) sources.value = ((await answer.json()) as { items: MapSource[] }).items
    } catch {
      // The map is whole without further ones.
    }
  })

  /** The tiles of a layer are not what they were. */
  function refresh(layer: ExtraLayer): void {
    stamp += 1
    const source = map.value?.getSource(layer) as VectorTileSource | undefined
    const parts = layerParts(layer, location.origin, stamp)
    if (source && 'tiles' in parts.source && parts.source.tiles) source.setTiles(parts.source.tiles)
    else if (source && map.value && parts.address) void fill(map.value, layer, parts.address)
  }

  onScopeDispose(onGroundChanged(() => EXTRA_LAYERS.forEach(refresh)))

  // The choices by what they hold, the map only as such: looking into a map walks all its tiles.
  watch([map, () => [...on.value]], apply, { immediate: true })
  watch([map, sources, () => [...shown.value]], applySources)
  return { refresh, trouble, sources, shown }
}
