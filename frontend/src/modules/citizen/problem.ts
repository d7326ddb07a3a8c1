/** What went wrong, in words: the server's own where it has some, in the page's language. */
import { ApiError } from '@/api/errors'
import { t } from './words'

export function wordsOf(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.unknown')
  if (error.status === 0) return t('error.network')
  const fields = error.errors.map((one) => one.message).filter(Boolean)
  return [error.detail || t('error.unknown'), ...fields].join(' ')
}
