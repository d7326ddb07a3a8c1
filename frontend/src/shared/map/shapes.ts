/** Draws ▲◆■● as map images, so that no sprite has to be served. */
import type { Level } from '@/api/types'
import { LEVEL_PATHS, LEVELS } from '@/shared/ui/shapes'
import type { Palette } from './palette'

const SIDE = 48

export interface ShapeImage { name: string; image: ImageData; pixelRatio: number }

export function drawShape(level: Level, palette: Palette, scale: number): ShapeImage | null {
  const side = Math.round(SIDE * scale)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  const inset = side * 0.08
  const factor = (side - 2 * inset) / 24
  pen.setTransform(factor, 0, 0, factor, inset, inset)
  const path = new Path2D(LEVEL_PATHS[level])
  pen.lineJoin = 'round'
  pen.lineWidth = 3
  pen.strokeStyle = palette.halo
  pen.stroke(path)
  pen.fillStyle = palette.levels[level]
  pen.fill(path)
  return { name: `level-${level}`, image: pen.getImageData(0, 0, side, side), pixelRatio: 1 }
}

export const drawShapes = (palette: Palette, scale: number): ShapeImage[] =>
  LEVELS.map((level) => drawShape(level, palette, scale)).filter((shape) => shape !== null)
