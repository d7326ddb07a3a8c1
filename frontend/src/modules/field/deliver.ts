/** Sends one job of the outbox: its photos first, each once, then the move or report they belong to. */
import { moveEvent, moveTask, reportEvent, uploadPhoto, type NewEvent } from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import type { FieldTaskDetail, ReportedEvent } from '@/api/types'
import { bodyOf, idsOf, isUnreachable, photoSent, type Job, type Outcome, type ReportRequest } from './outbox'

/** Characters of a description, as the API takes them. */
const LONGEST = 2000

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
    const reported = job.request.reported ?? (await report(job, job.request))
    if (settle) {
      const { id, version } = reported
      await keep({ ...job, request: { ...job.request, reported: { id, version } } })
      await moveEvent(id, 'self_handle', { version, note: settle.note, attachment_ids: idsOf(job, true) }, { idempotencyKey: `${job.id}-settled` })
    }
    return null
  }
  return moveTask(job.request.taskId, job.request.move, bodyOf(job) as { version: number }, options)
}

/** A component that was removed or moved away while the phone was out of reach does not hold the report up: it goes on in words. */
async function report(job: Job, request: ReportRequest): Promise<ReportedEvent> {
  const { component_id: named, ...rest } = bodyOf(job)
  try {
    return await reportEvent(bodyOf(job) as unknown as NewEvent, { idempotencyKey: job.id })
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'unknown_component' || named === undefined) throw error
    const told = `${String(rest.description)}${request.unnamed ?? ''}`
    return reportEvent({ ...rest, ...(told.length <= LONGEST ? { description: told } : {}) } as unknown as NewEvent, { idempotencyKey: `${job.id}-plain` })
  }
}

export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof ApiError)) return { kind: 'unreachable' }
  if (isUnreachable(error.status, error.code)) return { kind: 'unreachable' }
  return { kind: 'refused', refusal: { code: error.code, detail: error.detail, at: Date.now(), extra: error.extra } }
}
