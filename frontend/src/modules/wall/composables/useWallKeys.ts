import { onScopeDispose } from 'vue'

export interface WallKeys { hold(): void; overview(): void; help(): void }

function toggleFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else void document.documentElement.requestFullscreen?.()
}

/** Space holds the camera, M goes back to the district, F fills the screen, ? lists the keys. */
export function useWallKeys(keys: WallKeys): void {
  const actions: Record<string, () => void> = { Space: keys.hold, KeyM: keys.overview, KeyF: toggleFullScreen }
  function onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, button, dialog')) return
    const action = event.key === '?' ? keys.help : actions[event.code]
    if (!action) return
    event.preventDefault()
    action()
  }
  window.addEventListener('keydown', onKey)
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
