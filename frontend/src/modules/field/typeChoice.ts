/** The types a worker reports most, first; the others by a few letters of their name. */
import type { EventType } from '@/api/types'

const STORED_AS = 'yiwang.field.types'
const OFFERED = 8
const FOUND = 16

export function search(types: readonly EventType[], text: string): EventType[] {
  const wanted = text.trim().toLowerCase()
  return types.filter((type) => `${type.name} ${type.main_class}`.toLowerCase().includes(wanted)).slice(0, FOUND)
}

/** Eight types: the ones used last on this phone, filled up in the order of the catalogue. */
export function favourites(types: readonly EventType[], used: readonly string[] = readUsed()): EventType[] {
  const first = used.map((code) => types.find((type) => type.code === code)).filter((type) => type !== undefined)
  return [...first, ...types.filter((type) => !used.includes(type.code))].slice(0, OFFERED)
}

function readUsed(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '[]')
    return Array.isArray(kept) ? kept.filter((code) => typeof code === 'string') : []
  } catch {
    return []
  }
}

export function remember(code: string): void {
  try {
    localStorage.setItem(STORED_AS, JSON.stringify([code, ...readUsed().filter((one) => one !== code)].slice(0, OFFERED)))
  } catch {
    // Without storage the catalogue's order is offered.
  }
}
