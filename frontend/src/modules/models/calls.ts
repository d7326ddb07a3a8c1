/** Every call of the page of models. */
import { body, client } from '@/api/client'
import { ApiError, type Problem } from '@/api/errors'
import type { components } from '@/api/schema'
import { csrfToken } from '@/api/transport'

type Schemas = components['schemas']
export type ModelBook = Schemas['ModelBook']
export type ModelRow = Schemas['ModelRow']
export type Trial = Schemas['ModelTrial']
export type TrialPicture = Schemas['ModelTrialPicture']
export type NewModel = Schemas['NewModel']
export type ModelUse = Schemas['ModelUseRow']
export type Provider = Schemas['ProviderRow']
export type Shadow = Schemas['ModelShadowRow']
export type ShadowReport = Schemas['ModelShadowReport']

export const fetchModels = (): Promise<ModelBook> => body(client.GET('/api/v1/models'))
export const tellModel = (model: NewModel): Promise<ModelRow> => body(client.POST('/api/v1/models', { body: model }))
export const editModel = (id: number, changes: Omit<NewModel, 'name'>): Promise<ModelRow> =>
  body(client.PATCH('/api/v1/models/{model_id}', { params: { path: { model_id: id } }, body: changes }))
export const tryModel = (id: number): Promise<ModelRow> => body(client.POST('/api/v1/models/{model_id}/trial', { params: { path: { model_id: id } } }))
export const switchModel = (id: number, on: boolean, version: number): Promise<ModelRow> =>
  body(client.POST('/api/v1/models/{model_id}/switch', { params: { path: { model_id: id } }, body: { on, version } }))
export const removeModel = (id: number): Promise<unknown> => body(client.DELETE('/api/v1/models/{model_id}', { params: { path: { model_id: id } } }))
export const chooseModel = (model: string, algorithm: string, camera: number | null): Promise<unknown> =>
  body(client.POST('/api/v1/model-uses', { body: { model, algorithm, camera } }))
export const fetchAlgorithms = async (): Promise<{ code: string; name: string }[]> => (await body<{ items: { code: string; name: string }[] }>(client.GET('/api/v1/algorithms'))).items
export const fetchShadows = async (): Promise<Shadow[]> => (await body<Schemas['ModelShadowList']>(client.GET('/api/v1/model-shadows'))).items
export const fetchShadow = (id: number): Promise<ShadowReport> => body(client.GET('/api/v1/model-shadows/{shadow_id}', { params: { path: { shadow_id: id } } }))
export const startShadow = (camera: number, model: string, every: number): Promise<Shadow> => body(client.POST('/api/v1/model-shadows', { body: { camera, model, every } }))
export const stopShadow = (id: number): Promise<Shadow> => body(client.POST('/api/v1/model-shadows/{shadow_id}/stop', { params: { path: { shadow_id: id } } }))
/** Cameras by part of their code or name, for a choice. */
export const findCameras = async (words: string): Promise<{ id: number; name: string }[]> => (await body<{ items: { id: number; name: string }[] }>(client.GET('/api/v1/cameras', { params: { query: { q: words, limit: 50 } } }))).items

/** The file in one stream, its progress told from 0 to 1; a browser's fetch tells none. */
export function sendFile(id: number, file: Blob, language: string, progress: (share: number) => void): Promise<ModelRow> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', `/api/v1/models/${id}/file`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.setRequestHeader('Accept-Language', language)
    request.responseType = 'json'
    request.upload.addEventListener('progress', (told) => progress(told.lengthComputable ? told.loaded / told.total : 0))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response as ModelRow)
      else reject(new ApiError(request.status, (request.response ?? {}) as Problem))
    })
    request.addEventListener('error', () => reject(new ApiError(0, { code: 'network' })))
    request.send(file)
  })
}
