/** Where panels stand: from a scene's cells, the size of the picture and how large its text must be. Pure. */
import type { FootingShape, SceneCell, SceneShape } from '@/api/types'
import type { Frame } from '@/shared/map/fit'
import type { WallScale } from './scale'

export const COLUMNS = 24
export const ROWS = 12
/** What the header takes, and the margins, in rem. */
const HEADER = 8.8
const EDGE = 1.8
const GAP = 1.2
const BANDS = 3

export interface Box { left: number; top: number; width: number; height: number }

/** The cell's box in px of the picture. On three screens side by side each band has margins of its own, so that no box touches a seam. */
export function boxOf(cell: SceneCell, scale: Pick<WallScale, 'rem' | 'shape'>, size: { width: number; height: number }): Box {
  const { rem } = scale
  const rowHeight = (size.height - (HEADER + EDGE) * rem) / ROWS
  const inset = (GAP / 2) * rem
  const x = (column: number): number => {
    if (scale.shape !== 'ultra') return EDGE * rem + (column * (size.width - 2 * EDGE * rem)) / COLUMNS
    const band = size.width / BANDS
    const columns = COLUMNS / BANDS
    const index = Math.min(BANDS - 1, Math.floor(column / columns))
    return index * band + EDGE * rem + ((column - index * columns) * (band - 2 * EDGE * rem)) / columns
  }
  const right = scale.shape === 'ultra' ? x(cell.x) + (x(cell.x + 0.5) - x(cell.x)) * 2 * cell.w : x(cell.x + cell.w)
  return {
    left: x(cell.x) + inset,
    top: HEADER * rem + cell.y * rowHeight + inset,
    width: right - x(cell.x) - 2 * inset,
    height: cell.h * rowHeight - 2 * inset,
  }
}

/** Six panels, the most important first, for a room whose last row sits far away. */
const FAR: Record<'wide' | 'ultra', SceneCell[]> = {
  wide: [
    { panel: 'kpis', x: 0, y: 0, w: 16, h: 3 },
    { panel: 'map', x: 0, y: 3, w: 10, h: 6 },
    { panel: 'cameras', x: 10, y: 3, w: 6, h: 6 },
    { panel: 'flow', x: 0, y: 9, w: 16, h: 3 },
    { panel: 'alarms', x: 16, y: 0, w: 8, h: 8 },
    { panel: 'streets', x: 16, y: 8, w: 8, h: 4 },
  ],
  ultra: [
    { panel: 'streets', x: 0, y: 0, w: 8, h: 12 },
    { panel: 'kpis', x: 8, y: 0, w: 8, h: 3 },
    { panel: 'map', x: 8, y: 3, w: 8, h: 6 },
    { panel: 'flow', x: 8, y: 9, w: 8, h: 3 },
    { panel: 'alarms', x: 16, y: 0, w: 8, h: 8 },
    { panel: 'cameras', x: 16, y: 8, w: 8, h: 4 },
  ],
}

const WAR: readonly { panel: string; h: number }[] = [
  { panel: 'checklist', h: 5 }, { panel: 'muster', h: 3 }, { panel: 'materials', h: 2 }, { panel: 'gauges', h: 2 },
]
const LEFT: Record<'wide' | 'ultra', number> = { wide: 6, ultra: 8 }

export const isAtWar = (footing: Pick<FootingShape, 'state'> | null | undefined): boolean => footing?.state === 'war' || footing?.state === 'peace_asked'

/** In an emergency the left column gives way to the plan, the people, the materials and the gauges. */
export function withWar(cells: readonly SceneCell[], shape: 'wide' | 'ultra'): SceneCell[] {
  const width = LEFT[shape]
  const moved = new Set(WAR.map((one) => one.panel))
  const kept = cells.filter((cell) => cell.x >= width && !moved.has(cell.panel))
  // A scene of the site's own may have something wide from the left edge on: it stays, and the plan takes what is free.
  const wide = cells.filter((cell) => cell.x < width && cell.x + cell.w > width)
  const from = wide.length > 0 ? Math.max(0, ...wide.filter((cell) => cell.y === 0).map((cell) => cell.h)) : 0
  let y = from
  const column: SceneCell[] = []
  for (const { panel, h } of WAR) {
    const height = Math.min(h, ROWS - y)
    if (height < 2 || wide.some((cell) => cell.y < y + height && y < cell.y + cell.h)) break
    column.push({ panel, x: 0, y, w: width, h: height })
    y += height
  }
  return [...wide, ...column, ...kept]
}

export interface Arranged { scene: SceneShape; footing: Pick<FootingShape, 'state'> | null; far: boolean; shape: WallScale['shape'] }

export function arrange({ scene, footing, far, shape }: Arranged): SceneCell[] {
  const side = shape === 'ultra' ? 'ultra' : 'wide'
  const cells = far ? FAR[side] : scene.layout[side]
  return isAtWar(footing) && !far ? withWar(cells, side) : [...cells]
}

/** How many rows of a height fit into a panel, after what stands above them, in rem. */
export const rowsIn = (boxHeight: number, rem: number, zoom: number, above: number, row: number): number =>
  Math.max(1, Math.floor((boxHeight / rem / zoom - above) / row))

/** What two lines of an alarm take below a map read from afar, and how wide they get at most, in rem of their own text size. */
const STRIP = { height: 7.6, width: 60 }
/** How wide the card is drawn, in rem of its own text size: beside the map, and in two lines below it. */
const CARD = { near: 54, far: 44 }
const LEGEND = 7
const LARGEST_ON_MAP = 1.6
/** What names and figures of a district's streets need of a map, in rem of their own text size, without hiding one another. */
const NAMES = { width: 60, height: 24 }

/** How much larger the card's text is than on a wall seen from near, as far as its map has room for it. */
export const cardZoomOf = (zoom: number, map: Box | null, rem: number, far: boolean): number =>
  Math.max(1, Math.min(zoom, (map?.width ?? 0) / rem / (far ? CARD.far : CARD.near)))

/**
 * The part of a map's box that nothing covers: above its legend; from afar above the two lines of the alarm, or beside
 * them where the map is wide enough. These have their room whether an alarm is there or not, so that the map does not
 * move with every alarm.
 */
export function openPart(map: Box, rem: number, { far, cardZoom }: { far: boolean; cardZoom: number }): Frame {
  const whole = { left: map.left, top: map.top, right: map.left + map.width, bottom: map.top + map.height }
  if (!far) return { ...whole, top: whole.top + 5 * rem, bottom: whole.bottom - LEGEND * rem }
  const strip = STRIP.width * cardZoom * rem
  const top = whole.top + 4 * rem
  if (map.width - strip > 1.5 * map.height) return { ...whole, top, right: whole.right - strip, bottom: whole.bottom - 2 * rem }
  return { ...whole, top, bottom: whole.bottom - (STRIP.height * cardZoom + 4) * rem }
}

/** How much larger what is written on the map is, as far as the open part has room for the names of all streets. */
export const mapZoomOf = (zoom: number, open: Frame | null, rem: number): number =>
  open === null ? Math.min(zoom, LARGEST_ON_MAP) : Math.max(1, Math.min(zoom, LARGEST_ON_MAP, (open.right - open.left) / rem / NAMES.width, (open.bottom - open.top) / rem / NAMES.height))

/** Half a street's name stands beside the outermost streets; where text is large, it needs its room. */
export const withoutEdges = (open: Frame, rem: number, mapZoom: number, far: boolean): Frame => {
  const side = far ? rem * 5 * mapZoom : rem
  return { ...open, left: open.left + side, right: open.right - side }
}

/** Where the card stands on the map, in px: its sides and its upper edge. */
export interface Dock { left: number; right: number; y: number }

/** Where the leader line ends: at the card's upper edge, as near to the alarm as the card goes. */
export const leaderEnd = (pin: { x: number }, dock: Dock, inset: number): { x: number; y: number } => ({
  x: Math.min(Math.max(pin.x, dock.left + inset), Math.max(dock.left + inset, dock.right - inset)), y: dock.y,
})
