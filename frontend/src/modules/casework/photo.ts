/** Photos before they are sent: checked for size, and on the phone made smaller, without the camera's own data. */

/** The front refuses larger bodies; saying so before sending spares the wait. */
export const LARGEST_PHOTO_BYTES = 15 * 1024 * 1024
export const LONGEST_EDGE = 1600

export interface Size { width: number; height: number }

/** The size to draw a photo at so that no edge is longer than `longest`; small photos keep theirs. */
export function fitWithin(size: Size, longest: number = LONGEST_EDGE): Size {
  const scale = Math.min(1, longest / Math.max(size.width, size.height, 1))
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) }
}

/** Why a file cannot be a photo, by the code of the API's problem details; null when it may be one. */
export function refusalOf(file: Pick<File, 'size' | 'type'>): 'file_too_large' | 'not_an_image' | null {
  if (file.size > LARGEST_PHOTO_BYTES) return 'file_too_large'
  if (file.size === 0 || (file.type !== '' && !file.type.startsWith('image/'))) return 'not_an_image'
  return null
}

/**
 * Redraws a photo at a size fit for a mobile network. Redrawing drops EXIF, with it the place and the make of the
 * phone; the mark along the lower edge keeps what evidence needs, the time and the grid.
 * Throws when the browser cannot read the file as a picture.
 */
export async function shrinkPhoto(file: Blob, mark: string): Promise<Blob> {
  const picture = await createImageBitmap(file)
  const { width, height } = fitWithin(picture)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no 2d canvas')
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  if (mark !== '') drawMark(context, mark, { width, height })
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('photo could not be written'))), 'image/jpeg', 0.82),
  )
}

function drawMark(context: CanvasRenderingContext2D, mark: string, size: Size): void {
  const text = Math.max(14, Math.round(size.width / 48))
  const strip = Math.round(text * 1.8)
  context.fillStyle = 'rgba(0, 0, 0, 0.55)'
  context.fillRect(0, size.height - strip, size.width, strip)
  context.fillStyle = '#ffffff'
  context.font = `${text}px 'Noto Sans SC', sans-serif`
  context.textBaseline = 'middle'
  context.fillText(mark, text * 0.7, size.height - strip / 2, size.width - text * 1.4)
}
