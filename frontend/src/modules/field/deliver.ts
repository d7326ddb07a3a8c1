/** Sends one job of the outbox: its photos first, each once, then the move or report they belong to. */
import { moveEvent, moveTask, reportEvent, uploadPhoto, type NewEvent } from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import type { FieldTaskDetail } from '@/api/types'
import { bodyOf, idsOf, isUnreachable, photoSent, type Job, type Outcome } from './outbox'

export async function deliver(job: Job, keep: (job: Job) => Promise<void>): Promise<Outcome> {
  let current = job
  try {
    for (const [index, photo] of job.photos.entries()) {
      if (photo.uploadId !== null || photo.blob === null) continue
      const upload = await uploadPhoto(photo.blob, photo.name, { idempotencyKey: photo.idempotencyKey })
      current = photoSent(current, index, upload.id)
      // Kept at once: a page closed now must not send this photo again.
      await keep(current)
    }
    return { kind: 'delivered', task: await send(current, keep) }
  } catch (error) {
    return outcomeOf(error)
  }
}

async function send(job: Job, keep: (job: Job) => Promise<void>): Promise<FieldTaskDetail | null> {
  const options = { idempotencyKey: job.id }
  if (job.request.kind === 'report') {
    const { settle } = job.request
    const reported = job.request.reported ?? (await reportEvent(bodyOf(job) as unknown as NewEvent, options))
    if (settle) {
      const { id, version } = reported
      await keep({ ...job, request: { ...job.request, reported: { id, version } } })
      await moveEvent(id, 'self_handle', { version, note: settle.note, attachment_ids: idsOf(job, true) }, { idempotencyKey: `${job.id}-settled` })
    }
    return null
  }
  return moveTask(job.request.taskId, job.request.move, bodyOf(job) as { version: number }, options)
}

export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof ApiError)) return { kind: 'unreachable' }
  if (isUnreachable(error.status, error.code)) return { kind: 'unreachable' }
  return { kind: 'refused', refusal: { code: error.code, detail: error.detail, at: Date.now(), extra: error.extra } }
}
