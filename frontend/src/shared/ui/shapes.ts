import type { Level } from '@/api/types'

/** The outline of each level in a 24×24 box: the same on pages, on the map and in print. */
export const LEVEL_PATHS: Record<Level, string> = {
  1: 'M12 2.5 22.4 21H1.6Z',
  2: 'M12 1.2 22.8 12 12 22.8 1.2 12Z',
  3: 'M3 3h18v18H3Z',
  4: 'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Z',
}

export const LEVELS: readonly Level[] = [1, 2, 3, 4]
