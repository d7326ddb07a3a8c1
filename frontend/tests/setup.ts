import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { afterAll, afterEach, vi } from 'vitest'

// Files share one window: each begins with an empty one, and leaves nothing mounted in it.
document.body.replaceChildren()
localStorage.clear()
sessionStorage.clear()
history.replaceState(null, '', '/')
disableAutoUnmount()
enableAutoUnmount(afterAll)

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
