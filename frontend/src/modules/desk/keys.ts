/** What a key means at the desk. Pure, so that the browser's own keys and the input method are left alone by test. */
export type DeskCommand =
  | 'next' | 'previous' | 'open' | 'acknowledge' | 'silence' | 'report' | 'main' | 'search' | 'back' | 'help' | 'genuine' | 'false_alarm' | 'tick' | 'merge' | 'take'
  | 'call' | 'map_window' | 'go' | 'go_queue' | 'go_tickets' | 'go_wall' | 'go_map' | 'go_requests'

type Pressed = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'isComposing' | 'repeat'>

export interface KeyContext {
  /** The caret stands in a field: letters belong to the text. */
  typing: boolean
  /** The focus is on a button or link, which Enter presses. */
  onControl: boolean
  /** G was pressed just before: this key says where to go. */
  going?: boolean
  /** Single letters can be turned off (WCAG 2.1.4). */
  letters: boolean
}

const FUNCTION_KEYS: Readonly<Record<string, DeskCommand>> = { F2: 'acknowledge', F4: 'report', F8: 'main', F9: 'call' }

const LETTERS: Readonly<Record<string, DeskCommand>> = {
  KeyJ: 'next', KeyK: 'previous', KeyS: 'silence', KeyY: 'genuine', KeyN: 'false_alarm', KeyX: 'tick', KeyM: 'merge', KeyO: 'take', KeyG: 'go', Slash: 'search',
}

/** After G: where to. */
const PLACES: Readonly<Record<string, DeskCommand>> = { KeyQ: 'go_queue', KeyT: 'go_tickets', KeyW: 'go_wall', KeyM: 'go_map', KeyR: 'go_requests', KeyD: 'map_window' }

export function commandOf(event: Pressed, context: KeyContext): DeskCommand | null {
  // While an input method composes, every key is part of a word; 229 arrives as an empty code in some browsers.
  if (event.isComposing || event.key === 'Process' || event.ctrlKey || event.altKey || event.metaKey) return null
  if (event.code in FUNCTION_KEYS) return event.repeat ? null : FUNCTION_KEYS[event.code]!
  if (event.code === 'Escape') return 'back'
  if (context.typing) return null
  if (event.code === 'ArrowDown') return 'next'
  if (event.code === 'ArrowUp') return 'previous'
  if ((event.code === 'Enter' || event.code === 'NumpadEnter') && !context.onControl) return 'open'
  if (!context.letters) return null
  if (event.key === '?' || (event.shiftKey && event.code === 'Slash')) return 'help'
  if (event.shiftKey) return null
  if (context.going && event.code in PLACES) return PLACES[event.code]!
  const command = LETTERS[event.code] ?? null
  return event.repeat && command !== 'next' && command !== 'previous' ? null : command
}
