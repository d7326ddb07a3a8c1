import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { newIdempotencyKey } from '@/api/transport'
import type { FieldTaskDetail } from '@/api/types'
import { useSession } from '@/modules/session/store'
import { deliver } from '../deliver'
import { afterAnswer, countJobs, nextJob, pendingMoves, resend, type Job } from '../outbox'
import { openOutbox, type OutboxDb } from '../outboxDb'

const AGAIN_MS = 15_000
const LOCK = 'yiwang.field.outbox'
/** What was delivered is listed for a day, so that somebody can see that it went. */
const REMEMBER_MS = 24 * 3600_000
/** Above this share of the phone's room the worker is asked to get online. */
const NEARLY_FULL = 0.8

export type NewJob = Pick<Job, 'subject' | 'title' | 'request' | 'body'> & { photos: { blob: Blob; name: string; after?: boolean }[]; replaces?: string | null }

/** The phone's outbox: one for the page, sending one job at a time, however many tabs are open. */
export const useOutbox = defineStore('field-outbox', () => {
  const session = useSession()
  const jobs = shallowRef<Job[]>([])
  const online = ref(navigator.onLine)
  const durable = ref(true)
  const nearlyFull = ref(false)
  const sending = ref(false)
  /** Tasks as the answers to their moves gave them: a page must not fall back to the step before while it fetches again. */
  const answered = shallowRef<ReadonlyMap<number, FieldTaskDetail>>(new Map())
  let database: OutboxDb | null = null
  let opening: Promise<OutboxDb> | null = null
  let again = false

  const person = computed(() => session.user?.id ?? 0)
  const counts = computed(() => countJobs(jobs.value, person.value))
  const own = computed(() => jobs.value.filter((job) => job.person === person.value).sort((a, b) => b.createdAt - a.createdAt))

  async function open(): Promise<OutboxDb> {
    opening ??= openOutbox()
    database ??= await opening
    durable.value = database.durable
    return database
  }

  async function reload(): Promise<void> {
    const store = await open()
    const all = await store.all()
    const old = all.filter((job) => job.state === 'delivered' && Date.now() - job.createdAt > REMEMBER_MS)
    if (old.length > 0) await store.write([], old.map((job) => job.id))
    jobs.value = all.filter((job) => !old.includes(job))
    const room = await navigator.storage?.estimate?.().catch(() => null)
    nearlyFull.value = room !== null && room !== undefined && room.quota !== undefined && (room.usage ?? 0) / room.quota > NEARLY_FULL
  }

  async function write(changed: readonly Job[], removed: readonly string[] = []): Promise<void> {
    await (await open()).write(changed, removed)
    const ids = new Set([...changed.map((job) => job.id), ...removed])
    jobs.value = [...jobs.value.filter((job) => !ids.has(job.id)), ...changed]
  }

  /** Keeps a job on the phone, then tries to send. Returns the job as it stands after the try. */
  async function submit({ photos, replaces, ...made }: NewJob): Promise<Job> {
    const job: Job = {
      ...made, id: newIdempotencyKey(), person: person.value, createdAt: Date.now(), state: 'waiting', attempts: 0, refusal: null,
      photos: photos.map((photo) => ({ ...photo, idempotencyKey: newIdempotencyKey(), uploadId: null })),
    }
    await write([job], replaces ? [replaces] : [])
    await flush()
    return jobs.value.find((one) => one.id === job.id) ?? job
  }

  /** Sends what waits. Two tabs share one lock; where a browser has none, the idempotency keys still keep it to once. */
  async function flush(): Promise<void> {
    if (sending.value) {
      again = true
      return
    }
    sending.value = true
    try {
      if (navigator.locks) await navigator.locks.request(LOCK, sendAll)
      else await sendAll()
    } finally {
      sending.value = false
    }
    if (again) {
      again = false
      await flush()
    }
  }

  async function sendAll(): Promise<void> {
    // Another tab may have sent meanwhile: what lies in the database counts.
    await reload()
    for (let job = nextJob(jobs.value, person.value); job !== null && online.value; job = nextJob(jobs.value, person.value)) {
      const outcome = await deliver(job, (kept) => write([kept]))
      if (outcome.kind === 'delivered' && outcome.task) answered.value = new Map(answered.value).set(outcome.task.id, outcome.task)
      const before = jobs.value
      const after = afterAnswer(before, job.id, outcome)
      await write(after.filter((one, index) => one !== before[index]))
      if (outcome.kind === 'unreachable') return
    }
  }

  async function retry(job: Job, version: number | null): Promise<void> {
    await write([resend(job, newIdempotencyKey(), version)], [job.id])
    await flush()
  }

  const discard = (job: Job): Promise<void> => write([], [job.id])
  const movesOf = (taskId: number): string[] => pendingMoves(jobs.value, person.value, taskId)
  const parkedOf = (subject: string): Job | null => own.value.find((job) => job.subject === subject && job.state === 'parked') ?? null

  /** Starts sending by itself; returns what stops it. */
  function start(): () => void {
    const changed = (): void => {
      online.value = navigator.onLine
      if (online.value) void flush()
    }
    window.addEventListener('online', changed)
    window.addEventListener('offline', changed)
    const timer = setInterval(() => counts.value.waiting > 0 && void flush(), AGAIN_MS)
    void flush()
    return () => {
      window.removeEventListener('online', changed)
      window.removeEventListener('offline', changed)
      clearInterval(timer)
    }
  }

  return { jobs, own, answered, online, durable, nearlyFull, sending, counts, submit, flush, retry, discard, movesOf, parkedOf, start }
})
