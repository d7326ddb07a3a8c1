import { onScopeDispose } from 'vue'
import { isTyping } from '@/modules/casework/typing'
import { commandOf, type VideoCommand } from '../keys'

/** Hands the keys of the video page to what they do. A handler that answers false leaves the key to the browser. */
export function useVideoKeys(act: (command: VideoCommand) => boolean): void {
  function press(event: KeyboardEvent): void {
    // A dialog over the page has its own keys.
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    const active = document.activeElement
    const command = commandOf(event, { typing: isTyping(active), onControl: active?.matches('button, a, summary, [role=tab]') ?? false })
    // On a map the arrows move the map.
    if (command?.do === 'move' && active?.closest('.maplibregl-map')) return
    if (command !== null && act(command)) event.preventDefault()
  }
  window.addEventListener('keydown', press)
  onScopeDispose(() => window.removeEventListener('keydown', press))
}
