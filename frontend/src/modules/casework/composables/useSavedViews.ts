import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { changeView, dropView, fetchViews, saveView } from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import type { SavedView, ViewPage } from '@/api/types'
import { keepOldViews, oldViews, type Filters } from '../views'

/** The views that a person has saved for one page, wherever they sit. */
export function useSavedViews(page: ViewPage, person: () => number) {
  const client = useQueryClient()
  const key = ['views', page]

  /** Once: what this browser kept moves to the server. A name that is there already, or a full shelf, is not tried again. */
  async function handOver(): Promise<void> {
    const left = []
    for (const view of oldViews(page, person())) {
      try {
        await saveView({ page, name: view.name, query: view.query })
      } catch (error) {
        if (!(error instanceof ApiError) || error.status === 0 || error.status === 401 || error.status >= 500) left.push(view)
      }
    }
    keepOldViews(page, person(), left)
  }

  const query = useQuery({
    queryKey: key,
    queryFn: async () => {
      if (oldViews(page, person()).length > 0) await handOver()
      return (await fetchViews(page)).items
    },
  })
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: key })
  async function then<T>(work: Promise<T>): Promise<T> {
    const done = await work
    await again()
    return done
  }

  return {
    views: computed<SavedView[]>(() => query.data.value ?? []),
    error: query.error,
    again,
    save: (name: string, filters: Filters) => then(saveView({ page, name, query: filters })),
    replace: (view: SavedView, filters: Filters) => then(changeView(view.id, { query: filters })),
    share: (view: SavedView, shared: boolean) => then(changeView(view.id, { shared })),
    drop: (view: SavedView) => then(dropView(view.id)),
  }
}
