import { onScopeDispose } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

/** What is not saved is not lost unasked: neither by going to another page, nor by closing the window, nor where a page itself asks `mayLeave`. */
export function useUnsaved(isUnsaved: () => boolean, question: () => string): { mayLeave(): boolean } {
  const mayLeave = (): boolean => !isUnsaved() || window.confirm(question())
  const guard = (leaving: BeforeUnloadEvent): void => {
    if (isUnsaved()) leaving.preventDefault()
  }
  onBeforeRouteLeave(() => mayLeave())
  window.addEventListener('beforeunload', guard)
  onScopeDispose(() => window.removeEventListener('beforeunload', guard))
  return { mayLeave }
}
