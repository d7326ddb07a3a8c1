/** Dragging on the picture: where the pointer is, in fractions of it. */
import type { Point } from './geometry'

export function placeOf(event: Pick<PointerEvent, 'clientX' | 'clientY'>, frame: Element): Point {
  const box = frame.getBoundingClientRect()
  return [(event.clientX - box.left) / Math.max(1, box.width), (event.clientY - box.top) / Math.max(1, box.height)]
}

/** Follows one pointer over the picture until it is let go, also outside of it. */
export function follow(pointer: number, frame: Element, moved: (to: Point) => void): void {
  frame.setPointerCapture?.(pointer)
  const onMove = (event: Event): void => {
    if ((event as PointerEvent).pointerId === pointer) moved(placeOf(event as PointerEvent, frame))
  }
  const onEnd = (event: Event): void => {
    if ((event as PointerEvent).pointerId !== pointer) return
    frame.removeEventListener('pointermove', onMove)
    frame.removeEventListener('pointerup', onEnd)
    frame.removeEventListener('pointercancel', onEnd)
  }
  frame.addEventListener('pointermove', onMove)
  frame.addEventListener('pointerup', onEnd)
  frame.addEventListener('pointercancel', onEnd)
}

const STEPS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const FINE = 0.0025
const COARSE = 0.025

/** How far an arrow key moves what is chosen; ten times as far with Shift. */
export function arrowStep(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): Point | null {
  const step = STEPS[event.key]
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return null
  const size = event.shiftKey ? COARSE : FINE
  return [step[0] * size, step[1] * size]
}
