import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { AlertRow, WallRow } from '@/api/types'
import { advance, overview, toAlert, toAuto, toggleHold, toOverview, withHold } from '../scene'

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
    /** What a remote control asks for; also what it last asked for, when the page has just been opened. */
    follow(view: WallRow['view']): void {
      const held = withHold(scene.value, view.held)
      if (view.event) scene.value = toAlert(held, -view.event.id)
      else if (view.camera === 'incident' && view.alert_id !== null) scene.value = toAlert(held, view.alert_id)
      else scene.value = view.camera === 'overview' ? toOverview(held, alerts.value) : toAuto(held)
    },
  }
}
