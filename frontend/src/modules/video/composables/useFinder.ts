import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch, type Ref } from 'vue'
import { fetchTiles, fetchTree, type CamerasAsked, type TileCamera } from '../calls'

export const WAYS = ['area', 'group', 'kind', 'near'] as const
export type FindWay = (typeof WAYS)[number]
export interface Pin { lng: number; lat: number }
const TYPING_MS = 250

/** What to ask the platform for; null while nothing has been chosen. Pure. */
export function askedFor(words: string, way: FindWay, key: string | null, eventId: number | null, pin: Pin | null): CamerasAsked | null {
  const text = words.trim()
  if (text !== '') return { q: text, limit: 100, ...(way === 'near' && eventId !== null ? { event: eventId } : {}) }
  if (way === 'near') {
    if (pin !== null) return { lng: pin.lng, lat: pin.lat, limit: 40 }
    return eventId === null ? null : { event: eventId, limit: 40 }
  }
  if (key === null) return null
  if (way === 'group') return { group: Number(key), limit: 200 }
  return way === 'area' ? { area: key, limit: 200 } : { kind: key as NonNullable<CamerasAsked['kind']>, limit: 200 }
}

/** The place in an address, as `near=118.72,32.01`; null where it is none. Pure. */
export function pinFrom(text: unknown): Pin | null {
  const [lng, lat, ...rest] = typeof text === 'string' && text !== '' ? text.split(',').map(Number) : []
  if (lng === undefined || lat === undefined || rest.length > 0) return null
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? { lng, lat } : null
}

/** Finding cameras: by words, in a branch of the tree, or near a place. */
export function useFinder(eventId: Readonly<Ref<number | null>>, from: Pin | null = null) {
  const words = ref('')
  const typed = ref('')
  const way = ref<FindWay>(eventId.value === null && from === null ? 'area' : 'near')
  const key = ref<string | null>(null)
  const pin = ref<Pin | null>(from)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(words, (text) => {
    clearTimeout(timer)
    timer = setTimeout(() => (typed.value = text), TYPING_MS)
  })
  watch(way, () => (key.value = null))
  watch(eventId, (id) => id !== null && (way.value = 'near'))

  const tree = useQuery({ queryKey: ['video', 'tree'], queryFn: fetchTree, staleTime: 60_000 })
  const branches = computed(() => {
    const found = tree.data.value
    if (!found || way.value === 'near') return []
    return { area: found.areas, group: found.groups, kind: found.kinds }[way.value]
  })
  const asked = computed(() => askedFor(typed.value, way.value, key.value, eventId.value, pin.value))
  const found = useQuery({
    queryKey: computed(() => ['video', 'cameras', asked.value]), queryFn: ({ signal }) => fetchTiles(asked.value!, signal), enabled: computed(() => asked.value !== null), placeholderData: keepPreviousData, staleTime: 15_000,
  })
  const cameras = computed<TileCamera[]>(() => (asked.value === null ? [] : (found.data.value?.items ?? [])))
  const near = computed(() => (asked.value === null ? null : (found.data.value?.near ?? null)))
  return { words, way, key, pin, tree, branches, asked, found, cameras, near }
}
