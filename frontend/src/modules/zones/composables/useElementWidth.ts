import { onMounted, onScopeDispose, ref, type Ref } from 'vue'

const UNTIL_KNOWN = 900

/** An element's width on the screen, in pixels. */
export function useElementWidth(element: Readonly<Ref<Element | null>>): Ref<number> {
  const width = ref(UNTIL_KNOWN)
  const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(([entry]) => (width.value = entry?.contentRect.width || UNTIL_KNOWN))
  onMounted(() => element.value && observer?.observe(element.value))
  onScopeDispose(() => observer?.disconnect())
  return width
}
