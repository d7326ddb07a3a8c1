import { onBeforeUnmount, onMounted, type Ref } from 'vue'

/** A `<details>` that hangs over the page: a press elsewhere closes it, and so does `close`, which gives the keys back to its button. */
export function useDropdown(menu: Readonly<Ref<HTMLDetailsElement | null>>): { close(): void } {
  function close(): void {
    if (!menu.value?.open) return
    menu.value.open = false
    menu.value.querySelector('summary')?.focus()
  }
  function elsewhere(event: Event): void {
    if (menu.value?.open && !menu.value.contains(event.target as Node)) menu.value.open = false
  }
  onMounted(() => document.addEventListener('pointerdown', elsewhere))
  onBeforeUnmount(() => document.removeEventListener('pointerdown', elsewhere))
  return { close }
}
