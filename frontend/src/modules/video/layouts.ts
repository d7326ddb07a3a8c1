/** How many tiles, where each stands, and which is next to which. Pure. */
import type { LayoutName } from './calls'

export const LAYOUTS: readonly LayoutName[] = ['1', '4', '1+5', '9', '16']
export const TILES: Readonly<Record<LayoutName, number>> = { '1': 1, '4': 4, '1+5': 6, '9': 9, '16': 16 }
/** Columns and rows of the grid. */
export const COLUMNS: Readonly<Record<LayoutName, number>> = { '1': 1, '4': 2, '1+5': 3, '9': 3, '16': 4 }
/** More pictures than this are not decoded at once: the rest are stills. */
export const MOST_DECODERS = 16

export interface Cell { column: number; row: number; span: number }

/** The cells of a layout in the order of its tiles; in 1+5 the first takes two by two. */
export function cellsOf(layout: LayoutName): Cell[] {
  if (layout === '1+5') {
    const rest = [[3, 1], [3, 2], [1, 3], [2, 3], [3, 3]]
    return [{ column: 1, row: 1, span: 2 }, ...rest.map(([column, row]) => ({ column: column!, row: row!, span: 1 }))]
  }
  const columns = COLUMNS[layout]
  return Array.from({ length: TILES[layout] }, (_, index) => ({ column: (index % columns) + 1, row: Math.floor(index / columns) + 1, span: 1 }))
}

/** Whether a tile takes a quarter of the tiles' room or less: the smaller stream of a camera is enough for it. */
export function isSmall(layout: LayoutName, index: number): boolean {
  const cells = cellsOf(layout)
  const rows = Math.max(...cells.map((cell) => cell.row + cell.span - 1))
  return (cells[index]?.span ?? 1) ** 2 / (COLUMNS[layout] * rows) <= 0.25
}

export type Direction = 'left' | 'right' | 'up' | 'down'

const middle = (cell: Cell): { x: number; y: number } => ({ x: cell.column + (cell.span - 1) / 2, y: cell.row + (cell.span - 1) / 2 })

/** The tile that lies that way from this one, or this one at the edge: the nearest whose middle is beyond. */
export function neighbourOf(layout: LayoutName, from: number, direction: Direction): number {
  const cells = cellsOf(layout)
  const here = middle(cells[from] ?? cells[0]!)
  const across = direction === 'left' || direction === 'right'
  const sign = direction === 'right' || direction === 'down' ? 1 : -1
  let best = from
  let least = Infinity
  cells.forEach((cell, index) => {
    const there = middle(cell)
    const along = sign * (across ? there.x - here.x : there.y - here.y)
    const aside = Math.abs(across ? there.y - here.y : there.x - here.x)
    if (along < 0.4 || aside > along + 0.6) return
    const far = along + aside * 2
    if (far < least) [best, least] = [index, far]
  })
  return best
}

/** As many tiles as the layout has: what does not fit is left out, what is missing is empty. */
export function fitted<T>(tiles: readonly (T | null)[], layout: LayoutName): (T | null)[] {
  return Array.from({ length: TILES[layout] }, (_, index) => tiles[index] ?? null)
}

/** The tiles shown on a tour's n-th stop: the list goes round, and no camera stands twice on one stop. */
export function tourStop<T>(cameras: readonly T[], layout: LayoutName, stop: number): (T | null)[] {
  const size = TILES[layout]
  if (cameras.length <= size) return fitted(cameras, layout)
  const first = (stop * size) % cameras.length
  return Array.from({ length: size }, (_, index) => cameras[(first + index) % cameras.length]!)
}

export const tourStops = (cameras: number, layout: LayoutName): number => Math.max(1, Math.ceil(cameras / TILES[layout]))

/** The camera before or after this one in the order of nearness, going round. */
export function stepped<T extends { id: number }>(cameras: readonly T[], current: number | null, step: 1 | -1): T | null {
  if (cameras.length === 0) return null
  const at = cameras.findIndex((camera) => camera.id === current)
  if (at < 0) return cameras[step === 1 ? 0 : cameras.length - 1]!
  return cameras[(at + step + cameras.length) % cameras.length]!
}
