/** What the page works out of what it is told. */
import type { ModelRow, NewModel } from './calls'

export const LAYOUTS = ['yolox', 'yolox_decoded', 'yolov8', 'nanodet', 'ssd', 'ssd_pixels'] as const
export const COLOURS = ['bgr', 'rgb'] as const
export const SCALES = ['bytes', 'unit', 'imagenet'] as const

/** Words as a person types them: one a line or parted by commas; a dash stands for a class that is left out. */
export function wordsOf(text: string): string[] {
  const parts = text.split(/[\n,，、;；]/).map((part) => part.trim())
  while (parts.length > 0 && parts.at(-1) === '') parts.pop()
  return parts.map((part) => (part === '-' ? '' : part))
}

export const textOf = (words: readonly string[]): string => words.map((word) => word || '-').join(', ')

export function blank(): NewModel {
  return { name: '', labels: [], licence: '', origin: '', layout: '', colour: '', scale: '', height: 384, width: 640, threshold: 0.25, stretched: false, calibrate: false }
}

/** A name for the file that somebody chose, as the platform takes names. */
export function nameOf(file: string): string {
  return file.replace(/\.onnx$/i, '').toLowerCase().replace(/[^a-z0-9.-]+/g, '-').replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '').slice(0, 60)
}

export const isOwn = (row: ModelRow): boolean => row.id !== null
export const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)
export const may = (row: ModelRow, move: string): boolean => row.allowed_moves.some((one) => one.move === move)

/** How an own row counts among those that work: `on` and `ready` do, the rest says why not. */
export const works = (row: ModelRow): boolean => row.state === 'ready' || row.state === 'on'
