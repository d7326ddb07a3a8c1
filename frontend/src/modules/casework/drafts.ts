/** What somebody typed and has not sent yet, kept on this machine: a closed tab must not cost a written report. */
import type { Values } from './moves'

const PREFIX = 'yiwang.draft.'

/** `person` keeps one desk's drafts from showing up under the next one's sign-in. */
export const draftKey = (person: number, subject: string, move: string): string => `${PREFIX}${person}.${subject}.${move}`

export function readDraft(key: string): Values | null {
  try {
    const kept = localStorage.getItem(key)
    return kept === null ? null : (JSON.parse(kept) as Values)
  } catch {
    return null
  }
}

export function keepDraft(key: string, values: Values): void {
  try {
    if (Object.values(values).some((value) => typeof value === 'string' && value.trim() !== '')) localStorage.setItem(key, JSON.stringify(values))
    else dropDraft(key)
  } catch {
    // A full or forbidden storage loses the draft, not the form.
  }
}

/** What the form showed when its draft was begun: a draft may meet a newer version days later. */
export function readOpened<T>(key: string): T | null {
  try {
    const kept = localStorage.getItem(`${key}.opened`)
    return kept === null ? null : (JSON.parse(kept) as T)
  } catch {
    return null
  }
}

export function keepOpened(key: string, opened: unknown): void {
  try {
    localStorage.setItem(`${key}.opened`, JSON.stringify(opened))
  } catch {
    // Then what changed since is not known, and the server's refusal is all there is.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key)
    localStorage.removeItem(`${key}.opened`)
  } catch {
    // Nothing was kept then.
  }
}
