import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/errors'
import { clockTime } from '@/shared/format'

/** The back end says a time of day as it is, or a whole instant. */
function timeOf(at: unknown): string {
  const said = typeof at === 'string' ? at : ''
  return Number.isNaN(Date.parse(said)) ? said : clockTime(said)
}

/** Says in the page's language what went wrong and what to do, for anything a request can throw. */
export function useProblem(): (error: unknown) => string {
  const { t, te } = useI18n()
  return (error) => {
    if (!(error instanceof ApiError)) return t('error.unknown')
    if (error.code === 'already_taken' && typeof error.extra.by === 'string') {
      return t('error.already_taken_by', { by: error.extra.by, at: timeOf(error.extra.at) })
    }
    const fields = error.errors.map((entry) => entry.message).filter(Boolean)
    const base = te(`error.${error.code}`) ? t(`error.${error.code}`) : error.detail || t('error.unknown')
    return fields.length > 0 ? `${base} ${fields.join(' ')}` : base
  }
}
