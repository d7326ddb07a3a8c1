/** Sends a shape: once, however often it is clicked; refused at its field; a faster colleague is told of, with both versions. */
import { ref, shallowRef } from 'vue'
import { ApiError } from '@/api/errors'
import { newIdempotencyKey } from '@/api/transport'
import { createMask, createZone, editMask, editZone, fetchCamera, removeMask, removeZone } from '../calls'
import { draftOf, fieldOf, maskBody, zoneBody, type Base, type Draft } from '../drafts'
import type { Editor } from './useEditor'

/** `theirs` is null when somebody took it away. */
export interface Conflict { key: string; theirs: Base | null }

export function useStoring(camera: number, editor: Editor, said: (what: 'saved' | 'removed', name: string) => void) {
  const busy = ref(false)
  const refused = ref<Record<string, string>>({})
  const failure = shallowRef<unknown>(null)
  const conflict = shallowRef<Conflict | null>(null)
  /** The same content that did not get through is sent under the same key: it may have arrived after all. */
  let attempt = { content: '', key: '' }

  async function send(draft: Draft): Promise<Base> {
    const base = editor.bases.value.get(draft.key)
    const content = JSON.stringify([draft, base?.row.version])
    if (attempt.content !== content) attempt = { content, key: newIdempotencyKey() }
    const options = { idempotencyKey: attempt.key }
    if (draft.kind === 'mask') {
      const body = maskBody(draft)
      return { kind: 'mask', row: await (base ? editMask(base.row.id, base.row.version, body, options) : createMask(camera, body, options)) }
    }
    const body = zoneBody(draft, editor.algorithmOf(draft))
    return { kind: 'zone', row: await (base ? editZone(base.row.id, base.row.version, body, options) : createZone(camera, body, options)) }
  }

  async function newest(draft: Draft): Promise<Base | null> {
    const id = editor.rowOf(draft.key)?.id
    const { zones, masks } = await fetchCamera(camera)
    const zone = draft.kind === 'zone' ? zones.find((row) => row.id === id) : undefined
    const mask = draft.kind === 'mask' ? masks.find((row) => row.id === id) : undefined
    return zone ? { kind: 'zone', row: zone } : mask ? { kind: 'mask', row: mask } : null
  }

  async function guarded(work: () => Promise<void>, draft: Draft): Promise<void> {
    if (busy.value) return
    busy.value = true
    failure.value = null
    refused.value = {}
    conflict.value = null
    try {
      await work()
    } catch (error) {
      await refuse(error, draft)
    } finally {
      busy.value = false
    }
  }

  async function refuse(error: unknown, draft: Draft): Promise<void> {
    const isKnown = error instanceof ApiError
    const isStored = editor.rowOf(draft.key) !== undefined
    if (isKnown && isStored && (error.code === 'stale_version' || error.code === 'not_found')) {
      try {
        conflict.value = { key: draft.key, theirs: await newest(draft) }
      } catch (unreachable) {
        failure.value = unreachable
      }
    } else if (isKnown && error.code === 'self_crossing_boundary') refused.value = { polygon: error.detail }
    else if (isKnown && error.errors.length > 0) refused.value = Object.fromEntries(error.errors.map((one) => [fieldOf(one.field), one.message]))
    else failure.value = error
  }

  const save = (draft: Draft): Promise<void> =>
    guarded(async () => {
      const base = await send(draft)
      attempt = { content: '', key: '' }
      editor.stored(draft.key, base)
      said('saved', base.row.name)
    }, draft)
  const remove = (draft: Draft): Promise<void> =>
    guarded(async () => {
      const row = editor.rowOf(draft.key)
      if (row) await (draft.kind === 'zone' ? removeZone(row.id) : removeMask(row.id))
      editor.forget(draft.key)
      said('removed', draft.name)
    }, draft)

  function takeTheirs(): void {
    const { key, theirs } = conflict.value!
    conflict.value = null
    if (theirs) editor.stored(key, theirs)
    else editor.forget(key)
  }
  /** Mine goes over theirs, knowingly; where theirs is gone, mine becomes a new one. */
  async function keepMine(): Promise<void> {
    const { key, theirs } = conflict.value!
    conflict.value = null
    if (theirs) editor.rebase(key, theirs)
    else editor.orphan(key)
    const draft = editor.items.value.find((one) => one.key === key)
    if (draft) await save(draft)
  }
  function forgetRefusal(field: string): void {
    const { [field]: _gone, ...rest } = refused.value
    refused.value = rest
  }
  function clear(): void {
    refused.value = {}
    failure.value = null
    conflict.value = null
  }
  const theirDraft = (): Draft | null => (conflict.value?.theirs ? draftOf(conflict.value.theirs) : null)
  return { busy, refused, failure, conflict, save, remove, takeTheirs, keepMine, forgetRefusal, clear, theirDraft }
}
