import { onScopeDispose, ref } from 'vue'
import { isTyping } from '@/modules/casework/typing'
import { commandOf, type DeskCommand } from '../keys'

const STORED_AS = 'yiwang.desk.letters'

/** How long after G the second key is waited for. */
const GO_MS = 3000

/** Hands the keys of the desk to what they do. A handler that returns false leaves the key to the browser. */
export function useDeskKeys(handlers: Record<Exclude<DeskCommand, 'go'>, () => boolean | void>) {
  let goingUntil = 0
  const letters = ref(localStorage.getItem(STORED_AS) !== 'off')

  function setLetters(on: boolean): void {
    letters.value = on
    localStorage.setItem(STORED_AS, on ? 'on' : 'off')
  }

  function press(event: KeyboardEvent): void {
    // A dialog over the desk has its own keys.
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    const active = document.activeElement
    const command = commandOf(event, { typing: isTyping(active), onControl: active?.matches('button, a, summary, [role=tab]') ?? false, letters: letters.value, going: Date.now() < goingUntil })
    goingUntil = command === 'go' ? Date.now() + GO_MS : 0
    if (command !== null && (command === 'go' || handlers[command]() !== false)) event.preventDefault()
  }

  window.addEventListener('keydown', press)
  onScopeDispose(() => window.removeEventListener('keydown', press))
  return { letters, setLetters }
}
