import { onScopeDispose } from 'vue'

/** Shows other pages that this one lives, and tells when one of them does not any more, even after a crash. Without locks (plain HTTP) pages say good-bye themselves. */
export function useLife() {
  const ended = new AbortController()
  onScopeDispose(() => ended.abort())

  /** Held until the page is gone. */
  function live(name: string, begun: () => void): void {
    if (navigator.locks === undefined) return begun()
    navigator.locks.request(name, { signal: ended.signal }, () => {
      begun()
      return new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()))
    }).catch(() => {})
  }

  /** Called once nobody holds the name any more. */
  function whenGone(name: string, gone: () => void): void {
    navigator.locks?.request(name, { signal: ended.signal }, () => gone()).catch(() => {})
  }
  return { live, whenGone }
}
