/** Standard texts: which fit a move and type, and their places filled with the facts of the case. Pure. */
import type { ReplyTemplate } from '@/api/types'

/** A co-handler reports with the same texts as the lead. */
const SAME: Readonly<Record<string, string>> = { finish_leg: 'finish', return_leg: 'return' }

/** Texts of the very type first, then those for every type. */
export function templatesFor(templates: readonly ReplyTemplate[], move: string, typeCode: string): ReplyTemplate[] {
  const wanted = SAME[move] ?? move
  const fitting = templates.filter((one) => one.move === wanted && (one.type_code === '' || one.type_code === typeCode))
  return [...fitting.filter((one) => one.type_code !== ''), ...fitting.filter((one) => one.type_code === '')]
}

/** A place whose fact is not known stays to be seen and filled in by hand. */
export const filled = (text: string, facts: Readonly<Record<string, string>>): string => text.replace(/\{([^{}]{1,12})\}/g, (place, name: string) => facts[name] || place)

/** What was typed before is kept: the text goes after it. */
export const withText = (typed: string, text: string): string => (typed.trim() === '' ? text : `${typed.trimEnd()}\n${text}`)
