/** Maps hold tiles that no query knows of: they are told here when the division tree changed, and ask for them again. */
const listeners = new Set<() => void>()

export const groundChanged = (): void => listeners.forEach((listener) => listener())

/** The answer takes the listener back. */
export function onGroundChanged(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
