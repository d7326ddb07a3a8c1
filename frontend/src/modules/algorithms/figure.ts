/** How a measured precision is said: never a bare share where nobody judged, never a share without its sample. */
import type { Precision } from './calls'

export type Figure = Pick<Precision, 'confirmed' | 'dismissed' | 'sample' | 'ratio' | 'lower' | 'upper'>

export const share = (value: number | null | undefined): string => (value === null || value === undefined ? '—' : `${(value * 100).toFixed(1)}%`)
export const figureOf = (table: Precision | undefined, algorithm: string): Figure | null => table?.items.find((row) => row.algorithm === algorithm) ?? null
/** Too few judgements to say anything by. */
export const FEW = 20
export const isThin = (figure: Figure | null): boolean => figure === null || figure.sample < FEW
