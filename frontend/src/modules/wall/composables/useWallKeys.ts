import { onScopeDispose } from 'vue'

export interface WallKeys { hold(): void; overview(): void; help(): void; scene(digit: number): void }

function toggleFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else void document.documentElement.requestFullscreen?.()
}

/** 1 to 9 call scenes, Space holds the camera, M goes back to the district, F fills the screen, ? lists the keys. */
export function useWallKeys(keys: WallKeys): void {
  const actions: Record<string, () => void> = { Space: keys.hold, KeyM: keys.overview, KeyF: toggleFullScreen }
  function onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, button, dialog')) return
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)
    const action = event.key === '?' ? keys.help : digit && !event.shiftKey ? () => keys.scene(Number(digit[1])) : actions[event.code]
    if (!action) return
    event.preventDefault()
    action()
  }
  window.addEventListener('keydown', onKey)
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
