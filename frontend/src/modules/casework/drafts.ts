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
    else localStorage.removeItem(key)
  } catch {
    // A full or forbidden storage loses the draft, not the form.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept then.
  }
}
