/** All shapes of a camera as they are being drawn: which is chosen, what changed, and every step back. */
import { computed, ref, shallowRef } from 'vue'
import type { Algorithm, CameraDetail, MaskRow, ZoneRow } from '../calls'
import { draftOf, faultsOf, isChanged, neededShape, newDraft, type Base, type Draft } from '../drafts'
import { firstShape, insertedCorner, movedCorner, movedWhole, removedCorner, type Point, type Shape } from '../geometry'
import { useHistory } from '../history'

export type Tool = 'area' | 'line' | 'mask'

const basesOf = (camera: CameraDetail): Map<string, Base> =>
  new Map<string, Base>([
    ...camera.zones.map((row) => [`zone-${row.id}`, { kind: 'zone', row }] as [string, Base]),
    ...camera.masks.map((row) => [`mask-${row.id}`, { kind: 'mask', row }] as [string, Base]),
  ])

export function useEditor(camera: CameraDetail, algorithms: () => readonly Algorithm[]) {
  const bases = shallowRef(basesOf(camera))
  const history = useHistory<readonly Draft[]>([...bases.value.values()].map(draftOf))
  const items = history.present
  const chosenKey = ref<string | null>(items.value[0]?.key ?? null)
  const corner = ref<number | null>(null)
  let made = 0

  const chosen = computed(() => items.value.find((one) => one.key === chosenKey.value) ?? null)
  const algorithmOf = (draft: Draft | null): Algorithm | undefined => algorithms().find((one) => one.code === draft?.algorithm)
  const algorithm = computed(() => algorithmOf(chosen.value))
  const faults = computed(() => (chosen.value ? faultsOf(chosen.value, algorithm.value) : {}))
  const changed = computed(() => new Set(items.value.filter((one) => isChanged(one, bases.value.get(one.key))).map((one) => one.key)))
  const masks = computed(() => items.value.filter((one) => one.kind === 'mask'))

  function choose(key: string | null): void {
    chosenKey.value = key
    corner.value = null
  }
  function set(part: Partial<Draft>, move = '', isOne = false): void {
    const draft = chosen.value
    if (draft === null) return
    history.change(items.value.map((one) => (one.key === draft.key ? { ...one, ...part } : one)), move && `${draft.key}/${move}`, isOne)
  }
  const redraw = (how: (points: Point[], draft: Draft) => Point[], move = '', isOne = false): void => {
    const draft = chosen.value
    if (draft) set({ polygon: how(draft.polygon, draft) }, move, isOne)
  }
  /** `drag` tells one drag from the next. */
  const moveCorner = (index: number, to: Point, drag: number): void => redraw((points) => movedCorner(points, index, to), `drag ${drag}`, true)
  const nudge = (index: number | null, by: Point): void =>
    redraw((points) => (index === null ? movedWhole(points, by) : movedCorner(points, index, [points[index]![0] + by[0], points[index]![1] + by[1]])), index === null ? 'nudge' : `nudge ${index}`)
  const moveWhole = (from: Point[], by: Point, drag: number): void => redraw(() => movedWhole(from, by), `drag ${drag}`, true)
  const insertCorner = (index: number): void => {
    redraw((points, draft) => insertedCorner(points, index, draft.shape))
    corner.value = index + 1
  }
  const removeCorner = (index: number): void => {
    redraw((points, draft) => removedCorner(points, index, draft.shape))
    corner.value = null
  }

  function add(tool: Tool, polygon?: Point[]): void {
    const shape: Shape = tool === 'line' ? 'line' : 'area'
    made += 1
    const kind = tool === 'mask' ? 'mask' : 'zone'
    const fitting = algorithms().find((one) => Object.values(one.shapes).includes(shape))
    const mode = fitting && Object.entries(fitting.shapes).find(([, drawn]) => drawn === shape)?.[0]
    const usual = fitting ? neededShape(fitting, {}) === shape : true
    const part: Partial<Draft> = kind === 'zone' && fitting ? { algorithm: fitting.code, parameters: usual || !mode ? {} : { mode } } : {}
    const draft = newDraft(kind, `new-${Date.now()}-${made}`, polygon ?? firstShape(shape), { shape, ...part })
    history.change([...items.value, draft])
    choose(draft.key)
  }
  /** Gives back what is stored; a shape that was never stored goes away. */
  function revert(key: string): void {
    const base = bases.value.get(key)
    const kept = base ? items.value.map((one) => (one.key === key ? { ...draftOf(base), key } : one)) : items.value.filter((one) => one.key !== key)
    history.change(kept)
    if (!base) choose(null)
  }
  /** It is gone for good: no step back brings it. */
  function forget(key: string): void {
    bases.value = new Map([...bases.value].filter(([one]) => one !== key))
    history.amend((drafts) => drafts.filter((one) => one.key !== key))
    if (chosenKey.value === key) choose(null)
  }
  /** What the platform stores now; the draft becomes just that, as the platform wrote it. */
  function stored(key: string, base: Base): void {
    bases.value = new Map([...bases.value, [key, base]])
    history.present.value = items.value.map((one) => (one.key === key ? { ...draftOf(base), key } : one))
  }
  /** Somebody else stored another version: mine goes on from there. */
  function rebase(key: string, base: Base): void {
    bases.value = new Map([...bases.value, [key, base]])
  }
  /** It was taken away by somebody else: mine becomes a new one. */
  function orphan(key: string): void {
    bases.value = new Map([...bases.value].filter(([one]) => one !== key))
  }
  function restore(drafts: readonly Draft[]): void {
    history.change(drafts)
    choose(drafts.find((one) => isChanged(one, bases.value.get(one.key)))?.key ?? drafts[0]?.key ?? null)
  }
  const rowOf = (key: string): ZoneRow | MaskRow | undefined => bases.value.get(key)?.row

  return {
    items, bases, chosen, chosenKey, corner, algorithm, algorithmOf, faults, changed, masks, choose, set, moveCorner, moveWhole, nudge, insertCorner, removeCorner, add, revert, forget, stored, rebase, orphan,
    restore, rowOf, undo: history.undo, redo: history.redo, mayUndo: history.mayUndo, mayRedo: history.mayRedo,
  }
}
export type Editor = ReturnType<typeof useEditor>
