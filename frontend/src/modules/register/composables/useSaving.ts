import { ref, shallowRef } from 'vue'

/** Saving what a form holds, one at a time: not before nothing is missing, and a refusal stays beside the form. */
export function useSaving(missingNow: () => string, send: () => Promise<void>) {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  const missing = ref('')

  async function save(): Promise<void> {
    missing.value = missingNow()
    if (missing.value || busy.value) return
    busy.value = true
    failure.value = null
    try {
      await send()
    } catch (error) {
      failure.value = error
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, missing, save }
}
