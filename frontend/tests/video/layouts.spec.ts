import { describe, expect, it } from 'vitest'
import { cellsOf, fitted, LAYOUTS, neighbourOf, stepped, TILES, tourStop, tourStops, isSmall } from '@/modules/video/layouts'

describe('the layouts of the video page', () => {
  it('have a cell for every tile, and none over another', () => {
    for (const layout of LAYOUTS) {
      const taken = cellsOf(layout).flatMap((cell) =>
        Array.from({ length: cell.span ** 2 }, (_, n) => `${cell.column + (n % cell.span)}/${cell.row + Math.floor(n / cell.span)}`),
      )
      expect(cellsOf(layout)).toHaveLength(TILES[layout])
      expect(new Set(taken).size).toBe(taken.length)
    }
  })

  it('are walked by arrows, and end at the edge', () => {
    expect(neighbourOf('4', 0, 'right')).toBe(1)
    expect(neighbourOf('4', 0, 'down')).toBe(2)
    expect(neighbourOf('4', 0, 'left')).toBe(0)
    expect(neighbourOf('16', 5, 'up')).toBe(1)
    expect(neighbourOf('9', 8, 'right')).toBe(8)
  })

  it('lead round the large tile of 1+5', () => {
    expect([1, 2]).toContain(neighbourOf('1+5', 0, 'right'))
    expect([3, 4]).toContain(neighbourOf('1+5', 0, 'down'))
    expect(neighbourOf('1+5', 1, 'left')).toBe(0)
    expect(neighbourOf('1+5', 3, 'up')).toBe(0)
    expect(neighbourOf('1+5', 2, 'down')).toBe(5)
  })

  it('leave out what does not fit, and fill up with nothing', () => {
    expect(fitted([1, 2, 3, 4, 5], '4')).toEqual([1, 2, 3, 4])
    expect(fitted([1], '4')).toEqual([1, null, null, null])
  })
})

describe('a tour', () => {
  it('shows every camera in turn, and goes round', () => {
    const cameras = [1, 2, 3, 4, 5, 6]
    expect(tourStops(cameras.length, '4')).toBe(2)
    expect(tourStop(cameras, '4', 0)).toEqual([1, 2, 3, 4])
    expect(tourStop(cameras, '4', 1)).toEqual([5, 6, 1, 2])
  })

  it('shows no camera twice where there are fewer than tiles', () => {
    expect(tourStop([1, 2], '4', 3)).toEqual([1, 2, null, null])
  })
})

describe('the previous and next camera', () => {
  const cameras = [{ id: 7 }, { id: 8 }, { id: 9 }]
  it('follow the order of the list, round its ends', () => {
    expect(stepped(cameras, 7, 1)?.id).toBe(8)
    expect(stepped(cameras, 9, 1)?.id).toBe(7)
    expect(stepped(cameras, 7, -1)?.id).toBe(9)
  })
  it('begin at an end when the tile shows none of them', () => {
    expect(stepped(cameras, null, 1)?.id).toBe(7)
    expect(stepped(cameras, 1, -1)?.id).toBe(9)
    expect(stepped([], 1, 1)).toBeNull()
  })
})

describe('how large a tile is', () => {
  it('a quarter and less is small; the large one of 1+5 and a single one are not', () => {
    expect([isSmall('1', 0), isSmall('4', 0), isSmall('1+5', 0), isSmall('1+5', 1), isSmall('16', 5)]).toEqual([false, true, false, true, true])
  })
})
