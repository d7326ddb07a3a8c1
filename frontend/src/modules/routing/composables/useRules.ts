/** The rule set, and every change of it; the newest answer of the server is what is shown. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { fetchRules, orderRules, type Rule, type RuleList } from '../calls'
import { besides } from '../rules'

const KEY = ['routing-rules']

export function useRules() {
  const store = useQueryClient()
  const query = useQuery({ queryKey: KEY, queryFn: fetchRules })
  const rules = computed(() => query.data.value?.items ?? [])
  const ids = computed(() => rules.value.map((rule) => rule.id))

  const take = (list: RuleList): void => void store.setQueryData(KEY, list)
  const again = (): Promise<unknown> => store.invalidateQueries({ queryKey: KEY })

  /** The new order is shown once it is true: somebody else may have moved rules meanwhile. */
  async function order(wanted: number[], rule: Rule): Promise<void> {
    const seen = besides(rules.value, rule)
    if (String(wanted) === String(seen)) return
    try {
      take(await orderRules(seen, wanted, rule.area_path))
    } catch (error) {
      await again()
      throw error
    }
  }
  return { query, rules, ids, take, again, order }
}
