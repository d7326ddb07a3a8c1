/** Saved views: what stands in a page's address under a name. Kept by the server; what browsers kept before is handed over once. Pure but for the old store. */
import type { SavedView, ViewPage } from '@/api/types'

export type Filters = Record<string, string>
export const LONGEST_NAME = 40

/** The way to a shared view: the page, and the word that the server knows it by. */
export const linkTo = (page: ViewPage, link: string, origin: string): string => `${origin}/${page}?view=${encodeURIComponent(link)}`

export const sameFilters = (a: Filters, b: Filters): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())

/** The filters that the page still has. */
export const usable = (view: Pick<SavedView, 'query' | 'gone'>): Filters => Object.fromEntries(Object.entries(view.query).filter(([name]) => !view.gone.includes(name)))

interface OldView { name: string; query: Filters }
const oldKey = (page: string, person: number): string => `yiwang.views.${page}.${person}`
const isOldView = (value: unknown): value is OldView =>
  typeof value === 'object' && value !== null && typeof (value as OldView).name === 'string' && typeof (value as OldView).query === 'object' && (value as OldView).query !== null

/** What this browser kept before the server did. */
export function oldViews(page: string, person: number): OldView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(oldKey(page, person)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isOldView) : []
  } catch {
    return []
  }
}

/** Keeps those that could not be handed over yet, and forgets the store when none is left. */
export function keepOldViews(page: string, person: number, left: readonly OldView[]): void {
  try {
    if (left.length === 0) localStorage.removeItem(oldKey(page, person))
    else localStorage.setItem(oldKey(page, person), JSON.stringify(left))
  } catch {
    // What cannot be written is handed over again next time: the server knows the name already.
  }
}
