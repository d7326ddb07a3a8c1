/** Sending what a form holds: what the platform refuses is told at its field, and a faster colleague is told of. */
import { computed, ref, shallowRef } from 'vue'
import { ApiError } from '@/api/errors'

export function useSaving<T>(send: () => Promise<T>, done: (answer: T) => void) {
  const busy = ref(false)
  const refused = ref<Record<string, string>>({})
  const failure = shallowRef<unknown>(null)
  const isStale = computed(() => failure.value instanceof ApiError && failure.value.code === 'stale_version')

  function forget(field: string): void {
    const { [field]: _gone, ...rest } = refused.value
    refused.value = rest
  }

  async function save(): Promise<void> {
    if (busy.value) return
    busy.value = true
    failure.value = null
    refused.value = {}
    try {
      done(await send())
    } catch (error) {
      if (error instanceof ApiError && error.errors.length > 0) refused.value = Object.fromEntries(error.errors.map((one) => [one.field, one.message]))
      else failure.value = error
    } finally {
      busy.value = false
    }
  }
  return { busy, refused, failure, isStale, forget, save }
}
