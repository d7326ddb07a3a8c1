/** Every call of the pages about algorithms. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Algorithm = Schemas['AlgorithmShape']
export type AlgorithmPage = Schemas['AlgorithmPage']
export type AlgorithmModel = Schemas['AlgorithmModel']
export type Precision = Schemas['PrecisionTable']

export const fetchAlgorithms = (): Promise<{ items: Algorithm[] }> => body(client.GET('/api/v1/algorithms'))
export const fetchAlgorithm = (code: string): Promise<AlgorithmPage> => body(client.GET('/api/v1/algorithms/{code}', { params: { path: { code } } }))
/** What people made of the findings so far, by algorithm. */
export const DAYS = 90
export const fetchPrecision = (by: 'algorithm' | 'pair' = 'algorithm', algorithm?: string): Promise<Precision> =>
  body(client.GET('/api/v1/precision', { params: { query: { by, days: DAYS, ...(algorithm ? { algorithm } : {}) } } }))
