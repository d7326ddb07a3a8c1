/** What is drawn and not yet stored outlives a lost connection, a closed page and a stopped computer, on this machine. */
import { onScopeDispose, watch } from 'vue'
import type { Draft } from '../drafts'
import type { Editor } from './useEditor'

const WAIT_MS = 400
const keyOf = (camera: number): string => `yiwang.zones.${camera}`

export interface Kept { at: string; drafts: Draft[] }

export function readKept(camera: number): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(camera)) ?? 'null') as Kept | null
    return Array.isArray(kept?.drafts) && kept.drafts.length > 0 ? kept : null
  } catch {
    return null
  }
}

export function dropKept(camera: number): void {
  try {
    localStorage.removeItem(keyOf(camera))
  } catch {
    // Nothing was kept where nothing can be stored.
  }
}

/** Only what is changed is kept; the rest may be changed by others meanwhile. */
export function keepDrafts(camera: number, editor: Editor): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  function keep(): void {
    clearTimeout(timer)
    const drafts = editor.items.value.filter((one) => editor.changed.value.has(one.key))
    if (drafts.length === 0) return dropKept(camera)
    try {
      localStorage.setItem(keyOf(camera), JSON.stringify({ at: new Date().toISOString(), drafts } satisfies Kept))
    } catch {
      // A full or forbidden storage keeps nothing; the page itself still holds the draft.
    }
  }
  watch([editor.items, editor.bases], () => {
    clearTimeout(timer)
    timer = setTimeout(keep, WAIT_MS)
  })
  onScopeDispose(keep)
}

/** The stored shapes with what was kept over them; what is gone meanwhile comes back as new. */
export const withKept = (drafts: readonly Draft[], kept: Kept): Draft[] => {
  const over = new Map(kept.drafts.map((one) => [one.key, one]))
  return [...drafts.map((one) => over.get(one.key) ?? one), ...kept.drafts.filter((one) => !drafts.some((known) => known.key === one.key))]
}
