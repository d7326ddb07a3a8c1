/** That sensors changed, told once for a sheet of thousands. */
import { onScopeDispose } from 'vue'
import { useLive } from '@/live'

const GATHER_MS = 1500

export function useSensorNews(then: (ids: ReadonlySet<number>) => void): void {
  let ids = new Set<number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  function heard(id: number): void {
    ids.add(id)
    timer ??= setTimeout(() => {
      timer = undefined
      const told = ids
      ids = new Set()
      then(told)
    }, GATHER_MS)
  }
  useLive('sensor.changed', (update) => heard(update.id))
  useLive('gone', (update) => update.kind === 'sensor' && heard(update.id))
  onScopeDispose(() => clearTimeout(timer))
}
