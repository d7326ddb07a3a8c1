/** The public's few calls. No cookie goes along: who reports is nobody's business. */
import { ApiError, errorOf } from '@/api/errors'
import type { components } from '@/api/schema'
import { language } from './words'

type Schemas = components['schemas']
export type Site = Schemas['PublicSite']
export type Kind = Schemas['PublicKind']
export type Suggestions = Schemas['KindSuggestions']
export type Near = Schemas['NearReport']
export type Receipt = Schemas['PublicReceipt']
export type Progress = Schemas['PublicProgress']
export type Challenge = Schemas['Challenge']
export type NewReport = Schemas['PublicReportInput']
type MeToo = Schemas['MeTooInput']

const BASE = '/api/v1/public'

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(`${BASE}/${path}`, { ...init, credentials: 'omit', headers: { Accept: 'application/json', 'Accept-Language': language.value, ...init.headers } })
  } catch {
    throw new ApiError(0, { code: 'network' })
  }
  if (!answer.ok) throw await errorOf(answer)
  return (await answer.json()) as T
}

const post = <T>(path: string, body: unknown): Promise<T> =>
  ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })

export const fetchSite = (): Promise<Site> => ask('site')
export const fetchChallenge = (after: string): Promise<Challenge> => ask(`challenge?${new URLSearchParams({ after })}`)
export const suggest = (text: string): Promise<Suggestions> => ask(`suggest?${new URLSearchParams({ text: text.slice(0, 500) })}`)
export const fetchNear = (lng: number, lat: number): Promise<{ items: Near[] }> => ask(`near?lng=${lng}&lat=${lat}`)
export const sendReport = (report: NewReport): Promise<Receipt> => post('reports', report)
export const joinReport = (body: MeToo): Promise<Receipt> => post('me-too', body)
export const fetchProgress = (receipt: string): Promise<Progress> => ask(`track/${encodeURIComponent(receipt)}`)
export const rate = (receipt: string, rating: number, note: string): Promise<Progress> => post(`track/${encodeURIComponent(receipt)}/rating`, { rating, note })
export const askAgain = (receipt: string, reason: string): Promise<Progress> => post(`track/${encodeURIComponent(receipt)}/reopen`, { reason })

export async function uploadPhoto(file: Blob): Promise<string> {
  const form = new FormData()
  form.append('file', file, 'photo.jpg')
  return (await ask<Schemas['PublicUpload']>('uploads', { method: 'POST', body: form })).token
}
