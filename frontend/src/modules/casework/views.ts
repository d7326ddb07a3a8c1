/** Filters saved under a name. They are the address's own, so that a view can be sent to a colleague as a link. */

export interface SavedView { name: string; query: Record<string, string> }
const MOST = 20
const LONGEST_NAME = 20

const keyOf = (page: string, person: number): string => `yiwang.views.${page}.${person}`

/** A view of the same name is replaced; the oldest goes when there are too many. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const name = view.name.trim().slice(0, LONGEST_NAME)
  if (name === '') return [...views]
  return [...views.filter((one) => one.name !== name), { name, query: view.query }].slice(-MOST)
}
export const withoutView = (views: readonly SavedView[], name: string): SavedView[] => views.filter((one) => one.name !== name)

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' && value !== null && typeof (value as SavedView).name === 'string' && typeof (value as SavedView).query === 'object' && (value as SavedView).query !== null

export function readViews(page: string, person: number): SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(page, person)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isView) : []
  } catch {
    return []
  }
}

export function writeViews(page: string, person: number, views: readonly SavedView[]): void {
  try {
    localStorage.setItem(keyOf(page, person), JSON.stringify(views))
  } catch {
    // A full or forbidden storage keeps the view for this page only.
  }
}
