import { onScopeDispose, ref, watch, type Ref } from 'vue'

const PREFIX = 'line-'
/** A row counts as on screen when half of it is. */
const HALF = 0.5

/** The keys of the lines that are on screen now, by their ids. Without an observer nothing is taken to be seen. */
export function useVisible(list: Ref<HTMLElement | null>, lines: string, changed: () => unknown): Ref<ReadonlySet<string>> {
  const visible = ref<ReadonlySet<string>>(new Set())
  if (typeof IntersectionObserver === 'undefined') return visible
  const observer = new IntersectionObserver((entries) => {
    const next = new Set(visible.value)
    for (const { target, isIntersecting } of entries) {
      const key = target.id.slice(PREFIX.length)
      if (isIntersecting && target.isConnected) next.add(key)
      else next.delete(key)
    }
    visible.value = next
  }, { threshold: HALF })
  let observed: ReadonlySet<Element> = new Set()
  watch([list, changed], () => {
    const now = new Set(list.value?.querySelectorAll(lines) ?? [])
    for (const element of observed) if (!now.has(element)) observer.unobserve(element)
    for (const element of now) if (!observed.has(element)) observer.observe(element)
    observed = now
    const present = new Set([...now].map((element) => element.id.slice(PREFIX.length)))
    visible.value = new Set([...visible.value].filter((key) => present.has(key)))
  }, { flush: 'post', immediate: true })
  onScopeDispose(() => observer.disconnect())
  return visible
}
