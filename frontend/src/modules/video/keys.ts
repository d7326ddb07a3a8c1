/** What a key means on the video page. Pure. */
import type { Motion } from './calls'
import type { Direction } from './layouts'

export type VideoCommand =
  | { do: 'move'; direction: Direction }
  | { do: 'preset'; number: number }
  | { do: 'turn'; motion: Motion }
  | { do: 'maximise' | 'tour' | 'capture' | 'previous' | 'next' | 'back' | 'help' | 'clear' | 'ground' }

type Pressed = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'isComposing' | 'repeat'>

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }

/** With Shift: the head of the selected camera. */
export const TURNS: Readonly<Record<string, Motion>> = {
  ArrowLeft: { pan: -0.5 }, ArrowRight: { pan: 0.5 }, ArrowUp: { tilt: 0.5 }, ArrowDown: { tilt: -0.5 },
  Equal: { zoom: 0.5 }, NumpadAdd: { zoom: 0.5 }, Minus: { zoom: -0.5 }, NumpadSubtract: { zoom: -0.5 },
}

/** `typing`: the caret stands in a field; `onControl`: the focus is on a button, which Enter presses, or in a tree, which arrows walk. */
export function commandOf(event: Pressed, context: { typing: boolean; onControl: boolean }): VideoCommand | null {
  if (event.isComposing || event.key === 'Process' || event.ctrlKey || event.altKey || event.metaKey) return null
  if (event.code === 'Escape') return { do: 'back' }
  if (context.typing) return null
  if (event.key === '?' || (event.shiftKey && event.code === 'Slash')) return { do: 'help' }
  if (event.shiftKey) {
    const motion = TURNS[event.code]
    return motion ? { do: 'turn', motion } : null
  }
  const direction = ARROWS[event.code]
  if (direction) return { do: 'move', direction }
  if (event.code === 'BracketLeft') return { do: 'previous' }
  if (event.code === 'BracketRight') return { do: 'next' }
  if (event.repeat) return null
  if (event.code === 'Enter' || event.code === 'NumpadEnter') return context.onControl ? null : { do: 'maximise' }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)
  if (digit) return { do: 'preset', number: Number(digit[1]) }
  if (event.code === 'KeyP') return { do: 'tour' }
  if (event.code === 'KeyC') return { do: 'capture' }
  if (event.code === 'KeyG') return { do: 'ground' }
  if (event.code === 'Delete') return { do: 'clear' }
  return null
}
