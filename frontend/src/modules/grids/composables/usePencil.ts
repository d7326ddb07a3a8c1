/** The pencil: which tool is in hand, what it has drawn so far, and what was chosen for it. */
import { computed, ref, shallowRef } from 'vue'
import type { Point } from '../shapes'

export const TOOLS = ['select', 'draw', 'split', 'merge', 'border'] as const
export type Pencil = (typeof TOOLS)[number]
export const TOOL_KEYS: Readonly<Record<string, Pencil>> = { KeyV: 'select', KeyP: 'draw', KeyX: 'split', KeyM: 'merge', KeyE: 'border' }
/** Fewest points that make a shape. */
const FEWEST: Readonly<Record<Pencil, number>> = { select: Infinity, draw: 3, split: 2, merge: Infinity, border: 2 }

export function usePencil() {
  const tool = ref<Pencil>('select')
  const points = shallowRef<Point[]>([])
  const at = shallowRef<Point | null>(null)
  const refs = shallowRef<string[]>([])
  /** True while the points are a border that was there before and is being dragged. */
  const dragging = ref(false)

  const chosen = computed(() => new Set(refs.value))
  const finished = computed(() => {
    if (tool.value === 'merge') return refs.value.length > 1
    if (tool.value === 'border') return dragging.value && points.value.length >= 2
    if (tool.value === 'split') return refs.value.length === 1 && points.value.length >= FEWEST.split
    return points.value.length >= FEWEST[tool.value]
  })

  function clear(): void {
    points.value = []
    at.value = null
    dragging.value = false
  }
  function take(next: Pencil): void {
    tool.value = next
    clear()
    if (next === 'draw') refs.value = []
    else if (next !== 'merge' && next !== 'border') refs.value = refs.value.slice(0, 1)
  }
  /** One area is chosen, or, where the tool takes several, put to those chosen and taken away again. */
  function choose(area: string, more = false): void {
    const several = more || tool.value === 'merge' || tool.value === 'border'
    if (!several) refs.value = [area]
    else if (refs.value.includes(area)) refs.value = refs.value.filter((one) => one !== area)
    else refs.value = [...(tool.value === 'border' ? refs.value.slice(-1) : refs.value), area]
  }
  const add = (point: Point): void => {
    const last = points.value.at(-1)
    if (!last || last[0] !== point[0] || last[1] !== point[1]) points.value = [...points.value, point]
  }
  const back = (): void => void (points.value = points.value.slice(0, -1))
  const move = (index: number, to: Point): void => void (points.value = points.value.map((point, place) => (place === index ? to : point)))
  const insert = (after: number, point: Point): void => void (points.value = [...points.value.slice(0, after + 1), point, ...points.value.slice(after + 1)])
  function drag(line: Point[]): void {
    points.value = line
    dragging.value = true
  }
  return { tool, points, at, refs, chosen, dragging, finished, take, choose, add, back, move, insert, drag, clear }
}
export type PencilState = ReturnType<typeof usePencil>
