import { onBeforeUnmount, onMounted, type Ref } from 'vue'

type Box = Readonly<Ref<HTMLElement | null>>

/** A `<details>` knows itself whether it is open. */
const ofDetails = (box: Box): { value: boolean } => ({
  get value() {
    return box.value instanceof HTMLDetailsElement && box.value.open
  },
  set value(open) {
    if (box.value instanceof HTMLDetailsElement) box.value.open = open
  },
})

/**
 * What hangs over the page from its button, a `<details>` or anything else whose `open` is given: a press elsewhere closes it, and so
 * does `close`, which gives the keys back to its button.
 */
export function useDropdown(box: Box, open: { value: boolean } = ofDetails(box)): { close(): void } {
  function close(): void {
    if (!open.value) return
    open.value = false
    box.value?.querySelector<HTMLElement>('summary, [aria-expanded]')?.focus()
  }
  function elsewhere(event: Event): void {
    if (open.value && !box.value?.contains(event.target as Node)) open.value = false
  }
  onMounted(() => document.addEventListener('pointerdown', elsewhere))
  onBeforeUnmount(() => document.removeEventListener('pointerdown', elsewhere))
  return { close }
}
