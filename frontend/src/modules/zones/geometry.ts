/** What a drawn shape is, in fractions of the picture (0,0 at the top left). The platform checks the same things again. */
export type Point = [number, number]
export type Shape = 'area' | 'line'
export type ShapeFault = 'corner_count' | 'outside_picture' | 'crosses_itself' | 'too_small'

export const MOST_CORNERS = 40
const SMALLEST_SHARE = 0.0005
const SHORTEST_LINE = 0.02

export const fewest = (shape: Shape): number => (shape === 'area' ? 3 : 2)
const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
const between = (a: Point, b: Point, c: Point): boolean =>
  Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1])

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const turns = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)] as const
  if (!turns.includes(0) && turns[0] > 0 !== turns[1] > 0 && turns[2] > 0 !== turns[3] > 0) return true
  const touching = [[turns[0], a, b, c], [turns[1], a, b, d], [turns[2], c, d, a], [turns[3], c, d, b]] as const
  return touching.some(([side, p, q, r]) => side === 0 && between(p, q, r))
}

/** Whether two edges that are not neighbours meet, or a corner is visited twice. */
export function crossesItself(points: readonly Point[], shape: Shape): boolean {
  if (new Set(points.map((point) => point.join())).size !== points.length) return true
  const edges = points.map((point, index) => [point, points[(index + 1) % points.length]!] as const)
  if (shape === 'line') edges.pop()
  const last = edges.length - 1
  return edges.some((one, i) => edges.some((other, j) => j - i > 1 && !(shape === 'area' && i === 0 && j === last) && meet(...one, ...other)))
}

export const areaOf = (points: readonly Point[]): number =>
  Math.abs(points.reduce((sum, [ax, ay], index) => {
    const [bx, by] = points[(index + 1) % points.length]!
    return sum + ax * by - bx * ay
  }, 0)) / 2
export const lengthOf = (points: readonly Point[]): number =>
  points.slice(1).reduce((sum, [x, y], index) => sum + Math.hypot(x - points[index]![0], y - points[index]![1]), 0)

/** The first thing wrong with it, or null. */
export function shapeFault(points: readonly Point[], shape: Shape): ShapeFault | null {
  if (points.length < fewest(shape) || points.length > MOST_CORNERS) return 'corner_count'
  if (points.some(([x, y]) => !(x >= 0 && x <= 1 && y >= 0 && y <= 1))) return 'outside_picture'
  if (crossesItself(points, shape)) return 'crosses_itself'
  const size = shape === 'area' ? areaOf(points) / SMALLEST_SHARE : lengthOf(points) / SHORTEST_LINE
  return size < 1 ? 'too_small' : null
}

const within = (value: number): number => Math.min(1, Math.max(0, Math.round(value * 10_000) / 10_000))
export const inPicture = ([x, y]: Point): Point => [within(x), within(y)]

export const movedCorner = (points: readonly Point[], index: number, to: Point): Point[] => points.map((point, at) => (at === index ? inPicture(to) : point))

/** The whole shape goes along, as far as the picture allows. */
export function movedWhole(points: readonly Point[], by: Point): Point[] {
  const step = ([0, 1] as const).map((axis) => {
    const values = points.map((point) => point[axis])
    return Math.min(1 - Math.max(...values), Math.max(-Math.min(...values), by[axis]))
  })
  return points.map(([x, y]) => inPicture([x + step[0]!, y + step[1]!]))
}

/** A corner in the middle of the edge that begins at `index`; nothing changes when there are enough corners. */
export function insertedCorner(points: readonly Point[], index: number, shape: Shape): Point[] {
  if (points.length >= MOST_CORNERS || (shape === 'line' && index >= points.length - 1)) return [...points]
  const middle = middleOf(points, index)
  return [...points.slice(0, index + 1), middle, ...points.slice(index + 1)]
}

export function middleOf(points: readonly Point[], index: number): Point {
  const [ax, ay] = points[index]!
  const [bx, by] = points[(index + 1) % points.length]!
  return inPicture([(ax + bx) / 2, (ay + by) / 2])
}

/** Nothing changes when too few would be left. */
export const removedCorner = (points: readonly Point[], index: number, shape: Shape): Point[] =>
  points.length <= fewest(shape) ? [...points] : points.filter((_point, at) => at !== index)

/** By the even-odd rule, as the worker does it. */
export function contains(polygon: readonly Point[], [x, y]: Point): boolean {
  let inside = false
  polygon.forEach(([bx, by], index) => {
    const [ax, ay] = polygon[(index + polygon.length - 1) % polygon.length]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  })
  return inside
}

/** A shape to begin with in the middle of the picture, for those who draw without a mouse. */
export const firstShape = (shape: Shape): Point[] => (shape === 'line' ? [[0.3, 0.6], [0.7, 0.6]] : [[0.35, 0.35], [0.65, 0.35], [0.65, 0.65], [0.35, 0.65]])
