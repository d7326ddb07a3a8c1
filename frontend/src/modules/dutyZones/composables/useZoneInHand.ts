/** The zone that is being made or changed: what was typed, chosen and drawn, until it is sent or put down. */
import { computed, ref, shallowRef } from 'vue'
import type { Point } from '@/modules/grids/shapes'
import { isExclusive, type Kind, type Zone } from '../calls'
import { contentOf, cornersOf, missingOf, type InHand } from '../zones'

export function useZoneInHand() {
  /** Null while nothing is being made or changed. */
  const kind = ref<Kind | null>(null)
  const before = shallowRef<Zone | null>(null)
  const name = ref('')
  const person = ref<number | null>(null)
  const picked = shallowRef<ReadonlySet<string>>(new Set())
  const points = shallowRef<Point[]>([])
  const asTaken = ref('')

  const inHand = computed<InHand | null>(() => (kind.value === null ? null : { kind: kind.value, name: name.value, person: person.value, picked: picked.value, points: points.value, before: before.value }))
  const draws = computed(() => kind.value !== null && isExclusive(kind.value))
  const missing = computed(() => (inHand.value === null ? [] : missingOf(inHand.value)))
  const stamp = (): string => (inHand.value === null ? '' : JSON.stringify([inHand.value.kind, contentOf(inHand.value)]))
  const dirty = computed(() => stamp() !== asTaken.value)
  /** An outline with pieces or holes is not one line that a pencil could move. */
  const several = computed(() => before.value !== null && draws.value && cornersOf(before.value.geometry as never) === null)

  function hold(of: Kind, zone: Zone | null): void {
    kind.value = of
    before.value = zone
    name.value = zone?.name ?? ''
    person.value = zone?.person_id ?? null
    picked.value = new Set(zone?.unit_grids ?? [])
    points.value = zone !== null && isExclusive(of) ? (cornersOf(zone.geometry as never) ?? []) : []
    asTaken.value = stamp()
  }
  const start = (of: Kind): void => hold(of, null)
  const take = (zone: Zone): void => hold(zone.kind, zone)
  function putDown(): void {
    kind.value = before.value = null
    asTaken.value = ''
  }
  function toggle(code: string): void {
    const next = new Set(picked.value)
    if (!next.delete(code)) next.add(code)
    picked.value = next
  }
  function add(point: Point): void {
    const last = points.value.at(-1)
    if (!last || last[0] !== point[0] || last[1] !== point[1]) points.value = [...points.value, point]
  }
  const back = (): void => void (points.value = points.value.slice(0, -1))
  const clear = (): void => void (points.value = [])
  const move = (index: number, to: Point): void => void (points.value = points.value.map((point, place) => (place === index ? to : point)))
  const insert = (after: number, point: Point): void => void (points.value = [...points.value.slice(0, after + 1), point, ...points.value.slice(after + 1)])
  return { kind, before, name, person, picked, points, inHand, draws, missing, dirty, several, start, take, putDown, toggle, add, back, clear, move, insert }
}
export type ZoneInHand = ReturnType<typeof useZoneInHand>
