import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, watch } from 'vue'
import type { WallRow, WallState } from '@/api/types'
import { useLive } from '@/live'
import { fetchState, saySeen } from '../calls'
import { heapBytes } from './useWatchdog'
import { useSession } from '@/modules/session/store'

const SAY_EVERY_MS = 30_000

/** The wall's own state: its scene, the footing, what a remote control last asked. Kept up by live updates. */
export function useWallState(asked: () => string | null, onView: (view: WallRow['view'], change: string) => void) {
  const client = useQueryClient()
  const session = useSession()
  /** A digit of the keyboard calls a scene here and now, until the remote control chooses another. */
  const chosen = ref<string | null>(asked())
  const key = computed(() => ['wall', 'state', chosen.value])
  const query = useQuery({
    queryKey: key, queryFn: () => fetchState(chosen.value ?? undefined), staleTime: Infinity, refetchInterval: 60_000, refetchIntervalInBackground: true, retry: 1,
    placeholderData: (before: WallState | undefined) => before,
  })
  const device = computed(() => query.data.value?.device ?? null)
  const patch = (change: (state: WallState) => WallState): void => {
    client.setQueryData<WallState>(key.value, (state) => state && change(state))
  }

  useLive('wall.changed', ({ row, change }) => {
    const held = device.value
    if (held === null || row.id !== held.id || row.version <= held.version) return
    if (change === 'reload') return location.reload()
    if (change === 'scene') chosen.value = null
    patch((state) => ({ ...state, device: row }))
    if (row.scene !== query.data.value?.scene.code) void client.invalidateQueries({ queryKey: ['wall', 'state'] })
    onView(row.view, change)
  })
  useLive('scene.changed', () => void client.invalidateQueries({ queryKey: ['wall', 'state'] }))
  useLive('footing.changed', ({ row }) => {
    const held = query.data.value?.footing
    if (held && held.id === row.id && held.version >= row.version) return
    void client.invalidateQueries({ queryKey: ['wall', 'state'] })
  })

  /** What the remote control last asked for, once, when the page has just been opened. */
  const stop = watch(device, (row) => {
    if (row === null) return
    queueMicrotask(() => stop())
    onView(row.view, 'opened')
  }, { immediate: true })

  const say = (): void => {
    if (device.value === null) return
    const canvas = document.querySelector('.wall-map canvas')
    void saySeen({ width: window.innerWidth, height: window.innerHeight, webgl: canvas !== null, heap_mb: Math.round((heapBytes() ?? 0) / 1024 ** 2), build: session.buildId }).catch(() => undefined)
  }
  const timer = setInterval(say, SAY_EVERY_MS)
  const soon = setTimeout(say, 4000)
  onScopeDispose(() => {
    clearInterval(timer)
    clearTimeout(soon)
  })

  function choose(digit: number): void {
    const scene = query.data.value?.scenes.find((one) => one.key === digit)
    if (scene) chosen.value = scene.code
  }
  return { query, device, choose }
}
