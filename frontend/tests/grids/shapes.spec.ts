import { describe, expect, it } from 'vitest'
import type { PlannedArea } from '@/modules/grids/calls'
import { usePencil } from '@/modules/grids/composables/usePencil'
import { beforeFeatures, boundsOf, degreesOf, nameFeatures, pencilFeatures, planFeatures, snapped } from '@/modules/grids/shapes'

const square = (west: number, south: number, side = 0.01): [number, number][] => [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
const area = (ref: string, more: Partial<PlannedArea> = {}): PlannedArea => ({
  ref, level: 'grid', parent: 'a1', code: '329905001001G001', name: '1号网格', households: 300, path: 'p', workers: 1, change: '', before: null,
  geometry: { type: 'Polygon', coordinates: [square(118, 32)] }, ...more,
})

describe('the picture of a draft', () => {
  it('marks what is new, other, gone and the same, and keeps the old outline of what is other', () => {
    const areas = [area('a1'), area('a2', { change: 'change', before: { type: 'Polygon', coordinates: [square(118, 32)] } }), area('n1', { change: 'add' }), area('a3', { change: 'close' })]
    expect(planFeatures(areas, new Set(['n1'])).features.map((one) => [one.properties!.mark, one.properties!.chosen])).toEqual([['same', false], ['change', false], ['add', true], ['close', false]])
    expect(beforeFeatures(areas).features.map((one) => one.properties!.ref)).toEqual(['a2'])
    expect(nameFeatures(areas)).toHaveProperty('features.length', 3)
  })
  it('knows the box of areas', () => {
    expect(boundsOf([area('a1'), area('a2', { geometry: { type: 'MultiPolygon', coordinates: [[square(118.5, 31.9)]] } })])).toEqual([118, 31.9, 118.51, 32.01])
    expect(boundsOf([])).toBeNull()
  })
  it('draws a line that becomes an outline, and handles between the corners of a border', () => {
    expect(pencilFeatures([[0, 0], [1, 0]], [1, 1], true, false).features.map((one) => one.geometry.type)).toEqual(['Point', 'Point', 'Polygon'])
    expect(pencilFeatures([[0, 0], [2, 0]], null, false, true).features.map((one) => one.properties!.kind)).toEqual(['handle', 'handle', 'middle', undefined])
  })
})

describe('snapping', () => {
  const lines = [square(118, 32)]
  it('prefers a corner, then an edge, and leaves alone what is far', () => {
    expect(snapped([118.0002, 32.0003], lines, 0.001)).toEqual([118, 32])
    expect(snapped([118.005, 32.0003], lines, 0.001)).toEqual([118.005, 32])
    expect(snapped([118.005, 32.005], lines, 0.001)).toEqual([118.005, 32.005])
  })
  it('reaches as far as some pixels of the screen', () => {
    expect(degreesOf(512, 0, 0)).toBeCloseTo(360)
    expect(degreesOf(12, 15, 32)).toBeLessThan(0.001)
  })
})

describe('the pencil', () => {
  it('cuts one area by a line of two points', () => {
    const pencil = usePencil()
    pencil.take('split')
    pencil.add([0, 0])
    expect(pencil.finished.value).toBe(false)
    pencil.choose('a1')
    pencil.add([1, 1])
    pencil.add([1, 1])
    expect(pencil.points.value).toHaveLength(2)
    expect(pencil.finished.value).toBe(true)
  })
  it('merges several and moves the border of the last two', () => {
    const pencil = usePencil()
    pencil.take('merge')
    for (const ref of ['a1', 'a2', 'a2', 'a3']) pencil.choose(ref)
    expect(pencil.refs.value).toEqual(['a1', 'a3'])
    expect(pencil.finished.value).toBe(true)
    pencil.take('border')
    for (const ref of ['a2', 'a4']) pencil.choose(ref)
    expect(pencil.refs.value).toEqual(['a2', 'a4'])
    pencil.drag([[0, 0], [1, 0]])
    pencil.insert(0, [0.5, 0.5])
    pencil.move(1, [0.6, 0.6])
    expect(pencil.points.value).toEqual([[0, 0], [0.6, 0.6], [1, 0]])
    expect(pencil.finished.value).toBe(true)
  })
  it('puts down what it drew when another tool is taken', () => {
    const pencil = usePencil()
    pencil.take('draw')
    for (const point of [[0, 0], [1, 0], [1, 1]] as [number, number][]) pencil.add(point)
    expect(pencil.finished.value).toBe(true)
    pencil.take('select')
    expect(pencil.points.value).toEqual([])
  })
})
