/** The table of kinds, in the reader's language. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { fetchKinds } from '../calls'

export function useKinds() {
  const { locale } = useI18n()
  const read = useQuery({ queryKey: computed(() => ['sensor-kinds', locale.value]), queryFn: fetchKinds, staleTime: Infinity })
  const kinds = computed(() => read.data.value?.items ?? [])
  const mayEdit = computed(() => read.data.value?.may_edit ?? false)
  const kindOf = (code: string) => kinds.value.find((kind) => kind.code === code)
  return { read, kinds, mayEdit, kindOf }
}
