import { describe, expect, it } from 'vitest'
import { boundsOf, crossing, insertCorner, moveCorner, parseShape, removeCorner, shapeText, type Shape } from '@/admin-map/geometry'

const square: Shape = [[[[0, 0], [4, 0], [4, 4], [0, 4]]]]

describe('an outline on the admin map', () => {
  it('comes from GeoJSON and goes back unchanged', () => {
    const text = shapeText(square, 'MultiPolygon')
    expect(parseShape(text)).toEqual(square)
    expect(shapeText(parseShape(text), 'MultiPolygon')).toBe(text)
  })

  it('is empty for a text that is no outline', () => {
    expect(parseShape('{"type":"Point","coordinates":[1,2]}')).toEqual([])
    expect(parseShape('{')).toEqual([])
    expect(shapeText([], 'Polygon')).toBe('')
  })

  it('says where it crosses itself', () => {
    expect(crossing(square)).toBeNull()
    expect(crossing([[[[0, 0], [4, 4], [4, 0], [0, 4]]]])).toEqual([2, 2])
  })

  it('crosses itself when a hole sticks out', () => {
    expect(crossing([[square[0]![0]!, [[1, 1], [2, 5], [3, 1]]]])).not.toBeNull()
  })

  it('takes a corner more, another place for it, and one less', () => {
    const more = insertCorner(square, { polygon: 0, ring: 0, corner: 0 }, [2, -1])
    expect(more[0]![0]).toEqual([[0, 0], [2, -1], [4, 0], [4, 4], [0, 4]])
    const moved = moveCorner(more, { polygon: 0, ring: 0, corner: 1 }, [2, -2])
    expect(moved[0]![0]![1]).toEqual([2, -2])
    expect(removeCorner(moved, { polygon: 0, ring: 0, corner: 1 })).toEqual(square)
  })

  it('keeps three corners', () => {
    const triangle: Shape = [[[[0, 0], [1, 0], [0, 1]]]]
    expect(removeCorner(triangle, { polygon: 0, ring: 0, corner: 0 })).toEqual(triangle)
  })

  it('knows its bounds', () => {
    expect(boundsOf(square)).toEqual([0, 0, 4, 4])
    expect(boundsOf([])).toBeNull()
  })
})
