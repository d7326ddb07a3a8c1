/** The rows of the calibration page: sizes of text, and how large each looks from the farthest seat. Pure. */
export const SIZES = [12, 14, 16, 17, 18, 20, 22, 24, 28, 32, 36, 40, 48, 60] as const
const LINES = 1080

/** Minutes of arc of a text of `px` (of 1,080 lines) on a wall `heightM` high, seen from `farthestM`. */
export const arcminOf = (px: number, heightM: number, farthestM: number): number => (Math.atan((px * heightM) / LINES / farthestM) * 180 * 60) / Math.PI
