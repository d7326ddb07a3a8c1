import { expect, test } from 'vitest'
import { inPicture, onScreen } from '@/modules/video/ground'

const WIDE = { width: 1600, height: 900 }

test('a point beside the picture is no point of it', () => {
  expect(inPicture({ x: 10, y: 50 }, { width: 400, height: 100 }, WIDE)).toBeNull()
  expect(inPicture({ x: 200, y: 50 }, { width: 400, height: 100 }, WIDE)).toEqual({ x: 0.5, y: 0.5 })
})

test('a point leads to the screen and back, with bars at the sides or above', () => {
  for (const box of [{ width: 400, height: 100 }, { width: 300, height: 300 }]) {
    const shown = onScreen({ x: 0.25, y: 0.75 }, box, WIDE)
    const back = inPicture({ x: shown.x * box.width, y: shown.y * box.height }, box, WIDE)!
    expect(back.x).toBeCloseTo(0.25)
    expect(back.y).toBeCloseTo(0.75)
  }
})

test('a picture whose size is not known fills its box', () => {
  expect(inPicture({ x: 100, y: 25 }, { width: 400, height: 100 }, { width: 0, height: 0 })).toEqual({ x: 0.25, y: 0.25 })
})
