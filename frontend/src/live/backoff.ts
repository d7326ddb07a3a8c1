const SHORTEST_MS = 500
const LONGEST_MS = 15_000

/** Full jitter: after a restart of the server, thousands of pages must not come back in the same instant. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.max(0, attempt))
  return SHORTEST_MS + random() * (ceiling - SHORTEST_MS)
}
