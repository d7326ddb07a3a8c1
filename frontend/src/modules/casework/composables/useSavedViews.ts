import { computed, ref } from 'vue'
import { readViews, withoutView, withView, writeViews, type SavedView } from '../views'

/** The views that a person has saved on this machine for one page: a name, and the filters as they stand in the address. */
export function useSavedViews(page: string, person: () => number) {
  const kept = ref<SavedView[]>(readViews(page, person()))
  const change = (next: SavedView[]): void => {
    kept.value = next
    writeViews(page, person(), next)
  }
  return {
    views: computed(() => kept.value),
    save: (name: string, query: Record<string, string>) => change(withView(kept.value, { name, query })),
    drop: (name: string) => change(withoutView(kept.value, name)),
  }
}
