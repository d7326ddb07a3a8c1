/** A picture of what a tile shows, with who took it and when written into it. */
import { fullMoment } from '@/shared/format'

export interface Captured { file: File; takenAt: number }

export const watermark = (person: string, at: number): string => `${person} ${fullMoment(at)}`

/** Draws the video or still as it is now. Throws when there is nothing to draw. */
export async function capture(source: HTMLVideoElement | HTMLImageElement, camera: string, person: string, at: number): Promise<Captured> {
  const width = source instanceof HTMLVideoElement ? source.videoWidth : source.naturalWidth
  const height = source instanceof HTMLVideoElement ? source.videoHeight : source.naturalHeight
  if (width === 0 || height === 0) throw new Error('there is no picture yet')
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no 2d canvas')
  context.drawImage(source, 0, 0, width, height)
  mark(context, `${camera}　${watermark(person, at)}`, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88))
  if (blob === null) throw new Error('the picture could not be written')
  const name = `${fullMoment(at).replace(/[^\d]/g, '')}.jpg`
  return { file: new File([blob], name, { type: 'image/jpeg' }), takenAt: at }
}

function mark(context: CanvasRenderingContext2D, text: string, width: number, height: number): void {
  const size = Math.max(13, Math.round(width / 44))
  const strip = Math.round(size * 1.8)
  context.fillStyle = 'rgba(0, 0, 0, 0.55)'
  context.fillRect(0, height - strip, width, strip)
  context.fillStyle = '#ffffff'
  context.font = `${size}px 'Noto Sans SC', sans-serif`
  context.textBaseline = 'middle'
  context.fillText(text, size * 0.7, height - strip / 2, width - size * 1.4)
}
