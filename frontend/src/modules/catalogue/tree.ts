import type { CatalogueList, CatalogueRow, Category } from './calls'

export const CATEGORIES: readonly Category[] = ['part', 'event', 'governance']
export const SHOWN = ['in_force', 'own', 'starting_set', 'retired'] as const
export type Shown = (typeof SHOWN)[number]

export interface MainNode { key: string; code: string; name: string; types: CatalogueRow[] }
export interface CategoryNode { category: Category; mains: MainNode[]; count: number }

const KEPT: Record<Shown, (row: CatalogueRow) => boolean> = {
  in_force: (row) => row.is_current,
  own: (row) => row.is_current && !row.is_starting_set,
  starting_set: (row) => row.is_current && row.is_starting_set,
  retired: (row) => !row.is_current,
}

/** Whether every word that was typed is somewhere in what names the type. */
export function matches(row: CatalogueRow, text: string): boolean {
  const said = [row.name, row.number, row.code, row.main_class, row.default_unit_name ?? '', row.default_unit_code].join(' ').toLowerCase()
  return text.toLowerCase().split(/\s+/).every((word) => said.includes(word))
}

/** Category → main class → sub classes. Main classes without any are left out once something is looked for. */
export function treeOf(list: CatalogueList, text: string, shown: Shown): CategoryNode[] {
  const kept = list.items.filter((row) => KEPT[shown](row) && matches(row, text.trim()))
  const everything = text.trim() === '' && shown === 'in_force'
  return CATEGORIES.map((category) => {
    const known = list.main_classes.filter((one) => one.category === category)
    const strays = [...new Set(kept.filter((row) => row.category === category).map((row) => row.main_class))]
      .filter((name) => !known.some((one) => one.name === name)).map((name) => ({ code: '', name }))
    const mains = [...known, ...strays]
      .map(({ code, name }) => ({ key: `${category}/${name}`, code, name, types: kept.filter((row) => row.category === category && row.main_class === name) }))
      .filter((main) => everything || main.types.length > 0)
    return { category, mains, count: mains.reduce((sum, main) => sum + main.types.length, 0) }
  }).filter((node) => everything || node.count > 0)
}

/** The types in the order in which the tree shows them. */
export const inOrder = (tree: CategoryNode[]): CatalogueRow[] => tree.flatMap((node) => node.mains.flatMap((main) => main.types))

/** The next free number for a local sub class: they are given downwards from 99. */
export function freeNumber(list: CatalogueList, category: Category, mainClass: string): string {
  const taken = new Set(list.items.filter((row) => row.is_current && row.category === category && row.main_class === mainClass).map((row) => row.sub_code))
  for (let number = 99; number > 0; number -= 1) {
    const digits = String(number).padStart(2, '0')
    if (!taken.has(digits)) return digits
  }
  return ''
}
