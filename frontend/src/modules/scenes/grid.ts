/** Moving panels over the grid of a scene, by mouse or by keyboard. Pure. */
import type { SceneCell } from '@/api/types'

export type Shape = 'wide' | 'ultra'
export interface Limits { columns: number; rows: number }
export interface Least { code: string; min_w: number; min_h: number }

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

/** Moved by whole cells, and kept inside the grid. */
export const moved = (cell: SceneCell, dx: number, dy: number, { columns, rows }: Limits): SceneCell => ({
  ...cell, x: within(cell.x + dx, 0, columns - cell.w), y: within(cell.y + dy, 0, rows - cell.h),
})

/** Made larger or smaller at its lower right corner, no smaller than it can be read at. */
export const resized = (cell: SceneCell, dw: number, dh: number, least: Least, { columns, rows }: Limits): SceneCell => ({
  ...cell, w: within(cell.w + dw, least.min_w, columns - cell.x), h: within(cell.h + dh, least.min_h, rows - cell.y),
})

export const overlap = (a: SceneCell, b: SceneCell): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

export const crossesSeam = (cell: SceneCell, seams: readonly number[]): boolean => seams.some((seam) => cell.x < seam && seam < cell.x + cell.w)

/** The first place where a panel fits at its least size; null where the grid is full. */
export function placeFor(least: Least, cells: readonly SceneCell[], limits: Limits, seams: readonly number[]): SceneCell | null {
  for (let y = 0; y + least.min_h <= limits.rows; y++) {
    for (let x = 0; x + least.min_w <= limits.columns; x++) {
      const cell = { panel: least.code, x, y, w: least.min_w, h: least.min_h }
      if (!crossesSeam(cell, seams) && !cells.some((other) => overlap(cell, other))) return cell
    }
  }
  return null
}

/** Panels that lie on another, or across a seam: told at once, before the server is asked. */
export const troubled = (cells: readonly SceneCell[], seams: readonly number[]): ReadonlySet<string> =>
  new Set(cells.filter((cell) => crossesSeam(cell, seams) || cells.some((other) => other !== cell && overlap(cell, other))).map((cell) => cell.panel))
