/**
 * What a phone has done and not yet delivered. Pure: the database, the network and the clock are elsewhere.
 * A job is sent with the same Idempotency-Key until the server answers, so that a result on a bad network is neither
 * lost nor carried out twice; what the server refuses is parked for the person to see, never dropped.
 */
import type { FieldTaskDetail } from '@/api/types'

export type JobState = 'waiting' | 'parked' | 'delivered'

export interface PhotoJob {
  idempotencyKey: string
  name: string
  /** The picture itself, kept until the server has it. */
  blob: Blob | null
  uploadId: number | null
  /** Shows how it was left, not how it was found. */
  after?: boolean
}

export interface Job {
  /** Also its Idempotency-Key. */
  id: string
  person: number
  /** `task:17`, or `report:<id>` for a new event: jobs of one subject go out in the order they were made. */
  subject: string
  title: string
  request: { kind: 'task'; taskId: number; move: string } | ReportRequest
  body: Record<string, unknown>
  photos: PhotoJob[]
  createdAt: number
  state: JobState
  attempts: number
  refusal: Refusal | null
}

/**
 * What was set right on the spot is reported, then settled: once `reported` is known the report is not sent again.
 * `unnamed` is said instead of the component that the report names, should the register have lost it meanwhile.
 */
export interface ReportRequest { kind: 'report'; unnamed?: string; settle?: { note: string }; reported?: { id: number; version: number } }

export interface Refusal { code: string; detail: string; at: number; extra: Record<string, unknown> }

export type Outcome =
  | { kind: 'delivered'; task: FieldTaskDetail | null }
  | { kind: 'unreachable' }
  | { kind: 'refused'; refusal: Refusal }

/** Not answers to what was asked, but reasons to ask again later. */
const WORTH_ANOTHER_TRY: ReadonlySet<string> = new Set(['network', 'server_error', 'idempotency_in_progress', 'throttled', 'not_signed_in', 'session_expired', 'csrf_failed'])

export const isUnreachable = (status: number, code: string): boolean => status === 0 || status >= 500 || WORTH_ANOTHER_TRY.has(code)

/** The job to send now: the oldest whose subject has nothing undelivered before it. */
export function nextJob(jobs: readonly Job[], person: number): Job | null {
  const held = new Set<string>()
  for (const job of [...jobs].sort((a, b) => a.createdAt - b.createdAt)) {
    if (job.person !== person || job.state === 'delivered') continue
    if (job.state === 'waiting' && !held.has(job.subject)) return job
    held.add(job.subject)
  }
  return null
}

/** The jobs after an answer. A delivered move hands its new version to the moves made after it on the same task. */
export function afterAnswer(jobs: readonly Job[], id: string, outcome: Outcome): Job[] {
  const answered = jobs.find((job) => job.id === id)
  if (answered === undefined) return [...jobs]
  return jobs.map((job) => {
    if (job.id === id) return settled(job, outcome)
    const later = job.subject === answered.subject && job.state === 'waiting' && job.createdAt >= answered.createdAt
    return later && outcome.kind === 'delivered' && outcome.task !== null ? { ...job, body: { ...job.body, version: outcome.task.version } } : job
  })
}

function settled(job: Job, outcome: Outcome): Job {
  const attempts = job.attempts + 1
  if (outcome.kind === 'delivered') return { ...job, attempts, state: 'delivered', refusal: null, photos: job.photos.map((photo) => ({ ...photo, blob: null })) }
  if (outcome.kind === 'refused') return { ...job, attempts, state: 'parked', refusal: outcome.refusal }
  return { ...job, attempts }
}

export const photoSent = (job: Job, index: number, uploadId: number): Job => ({
  ...job,
  photos: job.photos.map((photo, at) => (at === index ? { ...photo, uploadId } : photo)),
})

/**
 * A parked job, sent again on the person's word against the latest version. It is another request than the refused
 * one, so it needs a key of its own; the photos that arrived are not sent twice.
 */
export function resend(job: Job, id: string, version: number | null): Job {
  const body = version === null ? job.body : { ...job.body, version }
  return { ...job, id, body, state: 'waiting', refusal: null, attempts: 0 }
}

/** The complete body: what the form said, with the photos by their ids at the server. */
export function bodyOf(job: Job): Record<string, unknown> {
  const ids = idsOf(job, false)
  return ids.length > 0 ? { ...job.body, attachment_ids: ids } : job.body
}

export const idsOf = (job: Job, after: boolean): number[] =>
  job.photos.filter((photo) => (photo.after ?? false) === after).map((photo) => photo.uploadId).filter((id): id is number => id !== null)

export interface OutboxCounts { waiting: number; parked: number }

export function countJobs(jobs: readonly Job[], person: number): OutboxCounts {
  const own = jobs.filter((job) => job.person === person)
  return { waiting: own.filter((job) => job.state === 'waiting').length, parked: own.filter((job) => job.state === 'parked').length }
}

/** The moves made here on one task that the server has not confirmed, oldest first. */
export function pendingMoves(jobs: readonly Job[], person: number, taskId: number): string[] {
  return jobs
    .filter((job) => job.person === person && job.state === 'waiting' && job.request.kind === 'task' && job.request.taskId === taskId)
    .sort((a, b) => a.createdAt - b.createdAt)
    .map((job) => (job.request.kind === 'task' ? job.request.move : ''))
}
