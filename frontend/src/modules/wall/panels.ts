/** What a panel can be in. Last known data is always preferred: an error with data behind it stays `ready`. */
export type PanelState =
  | { kind: 'ready' }
  | { kind: 'loading'; visible: boolean }
  | { kind: 'failed'; error: unknown; since: number | null }

export interface Read { hasData: boolean; error: unknown; failedAt: number; slow: boolean }

export function panelState(read: Read): PanelState {
  if (read.hasData) return { kind: 'ready' }
  if (read.error) return { kind: 'failed', error: read.error, since: read.failedAt > 0 ? read.failedAt : null }
  return { kind: 'loading', visible: read.slow }
}
