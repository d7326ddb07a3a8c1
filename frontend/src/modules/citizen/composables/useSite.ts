/** What the page needs to know of the place; the last answer is kept, so that words of danger are known offline too. */
import { ref, shallowRef } from 'vue'
import { fetchSite, type Site } from '../api'

const KEPT = 'yiwang.citizen.site'

export function useSite() {
  const site = shallowRef<Site | null>(null)
  const failed = ref(false)

  function kept(): Site | null {
    try {
      return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Site | null
    } catch {
      return null
    }
  }

  async function load(): Promise<void> {
    failed.value = false
    try {
      site.value = await fetchSite()
      try {
        localStorage.setItem(KEPT, JSON.stringify(site.value))
      } catch {
        // Nothing is kept for the next time without a network.
      }
    } catch {
      site.value ??= kept()
      failed.value = site.value === null
    }
  }

  return { site, failed, load }
}
