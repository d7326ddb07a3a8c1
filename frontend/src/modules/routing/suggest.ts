/** The type by its name alone, for when the platform cannot be asked. Pure; the same rule as the back end's without a model. */
import type { EventType } from '@/api/types'

export interface Suggested { code: string; name: string; confidence: number }
const LEAST = 0.5
const OFFERED = 3

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Types whose name stands in the text, or most of it, best first. */
export function guessByName(types: readonly Pick<EventType, 'code' | 'name'>[], text: string): Suggested[] {
  const words = plain(text)
  const share = (name: string): number => {
    const pairs = [...new Set([...name].slice(0, -1).map((_, place) => name.slice(place, place + 2)))]
    return pairs.length === 0 ? 0 : pairs.filter((pair) => words.includes(pair)).length / pairs.length
  }
  return types
    .map((type) => ({ code: type.code, name: type.name, confidence: share(plain(type.name)) }))
    .filter((one) => one.confidence >= LEAST)
    .sort((one, other) => other.confidence - one.confidence || one.code.localeCompare(other.code))
    .slice(0, OFFERED)
}
