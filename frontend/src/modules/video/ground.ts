/** A picture shown whole in a box of another shape: from a place on the screen to one in the picture, and back. Pure. */

interface Size { width: number; height: number }
/** In fractions of the picture's width and height. */
export interface PicturePoint { x: number; y: number }

/** Where the picture lies in the box, in pixels. A picture whose size is not known fills it. */
function placed(box: Size, picture: Size): Size & { left: number; top: number } {
  if (picture.width <= 0 || picture.height <= 0) return { left: 0, top: 0, ...box }
  const scale = Math.min(box.width / picture.width, box.height / picture.height)
  const width = picture.width * scale
  const height = picture.height * scale
  return { left: (box.width - width) / 2, top: (box.height - height) / 2, width, height }
}

/** `at`: pixels from the box's corner. Null beside the picture. */
export function inPicture(at: { x: number; y: number }, box: Size, picture: Size): PicturePoint | null {
  const shown = placed(box, picture)
  const x = (at.x - shown.left) / shown.width
  const y = (at.y - shown.top) / shown.height
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : null
}

/** The same point in fractions of the box. */
export function onScreen(point: PicturePoint, box: Size, picture: Size): PicturePoint {
  const shown = placed(box, picture)
  return { x: (shown.left + point.x * shown.width) / box.width, y: (shown.top + point.y * shown.height) / box.height }
}
