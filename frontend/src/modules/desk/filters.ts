/** The filters of the queue as they stand in the page's address, so that a view can be saved, shared and gone back to. Pure. */
import type { LocationQuery } from 'vue-router'
import { STAGES } from '@/modules/casework/stages'
import { everything, type Filter, type Sorting } from './queue'

export interface View { filter: Filter; by: Sorting['by'] }

const word = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '')

export function viewFrom(query: LocationQuery): View {
  const stage = word(query.stage)
  return {
    filter: {
      ...everything, street: word(query.street), text: word(query.q), mine: query.mine === '1', stage: stage === 'alert' || STAGES.some((one) => one === stage) ? (stage as Filter['stage']) : '',
    },
    by: query.by === 'newest' ? 'newest' : 'due',
  }
}

/** Only what narrows or reorders stands in the address: the whole queue has a short one. */
export function queryOf({ filter, by }: View): Record<string, string> {
  const text = filter.text.trim()
  return {
    ...(filter.street === '' ? {} : { street: filter.street }), ...(filter.stage === '' ? {} : { stage: filter.stage }), ...(text === '' ? {} : { q: text }),
    ...(filter.mine ? { mine: '1' } : {}), ...(by === 'due' ? {} : { by }),
  }
}

export const sameView = (a: View, b: View): boolean => JSON.stringify(queryOf(a)) === JSON.stringify(queryOf(b))
