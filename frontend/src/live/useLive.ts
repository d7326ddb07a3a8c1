import { storeToRefs } from 'pinia'
import { onScopeDispose } from 'vue'
import type { Item, LatestItem, Updates, UpdateType } from './protocol'
import { useLiveStore } from './store'

/** Calls the handler for every live update of one kind while the component lives. */
export function useLive<T extends UpdateType>(type: T, handler: (payload: Updates[T], item: Item | LatestItem) => void): void {
  onScopeDispose(useLiveStore().on(type, handler))
}

/** Calls the handler when what the page holds can no longer be trusted: fetch it again. Queries are invalidated by the app already. */
export function useRefetch(handler: () => void): void {
  onScopeDispose(useLiveStore().onRefetch(handler))
}

/** How fresh the screen is: `state`, `age` in seconds since the last frame, `lastFrameAt` in ms. */
export function useConnection() {
  const { state, age, lastFrameAt } = storeToRefs(useLiveStore())
  return { state, age, lastFrameAt }
}
