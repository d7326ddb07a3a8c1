/** Editing outlines as pure functions: rings are lists of corners without the repeated last one. */
export type Corner = [number, number]
export type Ring = Corner[]
/** Polygons, each an outer ring and its holes. */
export type Shape = Ring[][]

export interface Address { polygon: number; ring: number; corner: number }

/** A Polygon or MultiPolygon as GeoJSON text → shape; anything else → empty. */
export function parseShape(text: string): Shape {
  const open = (ring: Corner[]): Ring => ring.slice(0, -1).map(([lng, lat]) => [lng, lat])
  try {
    const geometry = JSON.parse(text) as { type?: string; coordinates?: unknown }
    if (geometry?.type === 'Polygon') return [(geometry.coordinates as Corner[][]).map(open)]
    if (geometry?.type === 'MultiPolygon') return (geometry.coordinates as Corner[][][]).map((polygon) => polygon.map(open))
  } catch {
    return []
  }
  return []
}

/** The shape as GeoJSON text for the form; an empty shape is an empty text. */
export function shapeText(shape: Shape, type: 'Polygon' | 'MultiPolygon'): string {
  const polygons = shape.filter((polygon) => (polygon[0]?.length ?? 0) >= 3)
  if (polygons.length === 0) return ''
  const close = (ring: Ring): Corner[] => [...ring, ring[0]!]
  const coordinates = polygons.map((polygon) => polygon.map(close))
  return JSON.stringify(type === 'Polygon' ? { type, coordinates: coordinates[0] } : { type, coordinates })
}

export function moveCorner(shape: Shape, at: Address, to: Corner): Shape {
  return replaceRing(shape, at, (ring) => ring.map((corner, index) => (index === at.corner ? to : corner)))
}

/** A new corner behind the one at `at`. */
export function insertCorner(shape: Shape, at: Address, corner: Corner): Shape {
  return replaceRing(shape, at, (ring) => [...ring.slice(0, at.corner + 1), corner, ...ring.slice(at.corner + 1)])
}

/** A ring keeps at least three corners. */
export function removeCorner(shape: Shape, at: Address): Shape {
  return replaceRing(shape, at, (ring) => (ring.length > 3 ? ring.filter((_, index) => index !== at.corner) : ring))
}

/** Where the outline crosses itself, or null: the first crossing of two sides of any rings. */
export function crossing(shape: Shape): Corner | null {
  for (const polygon of shape) {
    const sides = polygon.flatMap((ring) => ring.map((from, index) => ({ from, to: ring[(index + 1) % ring.length]! })))
    for (let i = 0; i < sides.length; i += 1) {
      for (let j = i + 1; j < sides.length; j += 1) {
        const meeting = meet(sides[i]!, sides[j]!)
        if (meeting) return meeting
      }
    }
  }
  return null
}

function replaceRing(shape: Shape, at: Address, change: (ring: Ring) => Ring): Shape {
  return shape.map((polygon, p) =>
    p === at.polygon ? polygon.map((ring, r) => (r === at.ring ? change(ring) : ring)) : polygon,
  )
}

interface Side { from: Corner; to: Corner }

/** The point in which two sides cross inside both; sharing a corner is not crossing. */
function meet(a: Side, b: Side): Corner | null {
  const [dax, day] = [a.to[0] - a.from[0], a.to[1] - a.from[1]]
  const [dbx, dby] = [b.to[0] - b.from[0], b.to[1] - b.from[1]]
  const turn = dax * dby - day * dbx
  if (turn === 0) return null
  const [ox, oy] = [b.from[0] - a.from[0], b.from[1] - a.from[1]]
  const along = (ox * dby - oy * dbx) / turn
  const across = (ox * day - oy * dax) / turn
  const inside = (share: number): boolean => share > 1e-9 && share < 1 - 1e-9
  return inside(along) && inside(across) ? [a.from[0] + along * dax, a.from[1] + along * day] : null
}

/** West, south, east, north of all corners; null without any. */
export function boundsOf(shape: Shape): [number, number, number, number] | null {
  const corners = shape.flat(2)
  if (corners.length === 0) return null
  const lngs = corners.map((corner) => corner[0])
  const lats = corners.map((corner) => corner[1])
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}
