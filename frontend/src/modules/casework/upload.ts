/** Sending one photo with its progress shown. `fetch` cannot tell how much of a body has gone out. */
import { uploadPhoto } from '@/api/endpoints'
import { ApiError, type Problem } from '@/api/errors'
import { csrfToken } from '@/api/transport'
import type { Upload } from '@/api/types'
import { currentLanguage } from '@/shared/i18n'

/** Answers that the transport of every other request knows how to put right: signing in again over the kept form. */
const PUT_RIGHT_BY_TRANSPORT: ReadonlySet<string> = new Set(['session_expired', 'not_signed_in'])

export interface UploadJob { file: Blob; name: string; idempotencyKey: string; onProgress(share: number): void }

export async function sendPhoto(job: UploadJob): Promise<Upload> {
  try {
    return await sendWithProgress(job)
  } catch (error) {
    if (!(error instanceof ApiError) || !PUT_RIGHT_BY_TRANSPORT.has(error.code)) throw error
    return uploadPhoto(job.file, job.name, { idempotencyKey: job.idempotencyKey })
  }
}

function sendWithProgress({ file, name, idempotencyKey, onProgress }: UploadJob): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/uploads')
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Accept-Language', currentLanguage())
    request.setRequestHeader('Idempotency-Key', idempotencyKey)
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.upload.onprogress = (sent) => onProgress(sent.lengthComputable ? sent.loaded / sent.total : 0)
    request.onerror = () => reject(new ApiError(0, { code: 'network' }))
    request.onload = () => {
      const answer = read(request)
      if (request.status >= 200 && request.status < 300 && answer !== null) resolve(answer as unknown as Upload)
      else reject(new ApiError(request.status, answer ?? {}))
    }
    const form = new FormData()
    form.append('file', file, name)
    request.send(form)
  })
}

function read(request: XMLHttpRequest): Problem | null {
  try {
    return JSON.parse(request.responseText) as Problem
  } catch {
    return null
  }
}
