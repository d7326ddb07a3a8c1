import { QueryClient } from '@tanstack/vue-query'
import { ApiError } from '@/api/errors'

/** A refusal is an answer: only what may work the second time is tried again. */
const worthRetrying = (error: unknown): boolean => error instanceof ApiError && (error.status === 0 || error.status >= 500)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Without a network a question fails and the page says so: a paused one would show old figures without a word.
      networkMode: 'always',
      refetchOnReconnect: true,
      // Freshness comes from the live updates, not from looking at the tab.
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && worthRetrying(error),
      retryDelay: (attempt) => Math.min(8000, 500 * 2 ** attempt),
    },
    mutations: { retry: false },
  },
})
