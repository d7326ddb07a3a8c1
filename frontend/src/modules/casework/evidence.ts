import type { AlertRow, Attachment } from '@/api/types'

export type Picture = Pick<Attachment, 'id' | 'url' | 'thumb_url' | 'blurred' | 'created_at' | 'by'>
export interface PictureGroup { purpose: string; pictures: Picture[] }

/** What was found in a picture: a word of the detector, how sure it is, and the corners in fractions of the picture. */
export interface SeenThing { label: string; score: number; left: number; top: number }

/** The things to name over a still. Anything that is not a box as the detector writes it is left out. */
export function seenThings(boxes: readonly unknown[]): SeenThing[] {
  return boxes.flatMap((one) => {
    const { label, score, box } = (one ?? {}) as { label?: unknown; score?: unknown; box?: unknown }
    if (typeof label !== 'string' || !Array.isArray(box) || typeof box[0] !== 'number' || typeof box[1] !== 'number') return []
    return [{ label, score: typeof score === 'number' ? score : Number.NaN, left: box[0], top: box[1] }]
  })
}

const ORDER = ['still', 'report', 'verification', 'before', 'after', 'check']

/** Pictures of an event in the order of the loop: what the camera saw, what was reported, before and after, the check. */
export function pictureGroups(alerts: readonly AlertRow[], attachments: readonly Attachment[]): PictureGroup[] {
  const groups = new Map<string, Picture[]>()
  const stills = new Set(attachments.filter((one) => one.kind === 'still').map((one) => one.url))
  for (const alert of alerts) {
    if (alert.still_url === null || stills.has(alert.still_url)) continue
    // Negative, so that it never meets the id of an attachment.
    add(groups, 'still', { id: -alert.id, url: alert.still_url, thumb_url: null, blurred: true, created_at: alert.last_seen_at, by: alert.camera_name })
  }
  for (const one of attachments) {
    if (one.kind === 'still') add(groups, 'still', one)
    else if (one.kind === 'photo') add(groups, one.purpose, one)
  }
  return [...groups]
    .map(([purpose, pictures]) => ({ purpose, pictures }))
    .sort((a, b) => ORDER.indexOf(a.purpose) - ORDER.indexOf(b.purpose))
}

function add(groups: Map<string, Picture[]>, purpose: string, picture: Picture): void {
  groups.set(purpose, [...(groups.get(purpose) ?? []), picture])
}

export const clipsOf = (attachments: readonly Attachment[]): Attachment[] => attachments.filter((one) => one.kind === 'clip')
