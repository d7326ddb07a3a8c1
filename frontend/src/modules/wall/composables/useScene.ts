import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { AlertRow } from '@/api/types'
import { advance, overview, toggleHold, toOverview } from '../scene'

/** The wall's camera state over time, from the alerts it shows. */
export function useScene(alerts: Readonly<Ref<readonly AlertRow[]>>) {
  const scene = shallowRef(overview)
  const step = (): void => {
    const next = advance(scene.value, alerts.value, Date.now())
    if (next !== scene.value) scene.value = next
  }
  watch(alerts, step, { immediate: true })
  const timer = setInterval(step, 500)
  onScopeDispose(() => clearInterval(timer))
  return {
    scene,
    hold: () => (scene.value = toggleHold(scene.value)),
    showOverview: () => (scene.value = toOverview(scene.value, alerts.value)),
  }
}
