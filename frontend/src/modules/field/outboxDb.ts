/** Where the outbox lies on the phone. Where the browser keeps nothing, it lies in memory and the page says so. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Job } from './outbox'

interface Schema extends DBSchema { jobs: { key: string; value: Job } }

export interface OutboxDb {
  durable: boolean
  all(): Promise<Job[]>
  /** Writes and removes in one transaction: a job never exists twice and is never between two places. */
  write(changed: readonly Job[], removed: readonly string[]): Promise<void>
}

export async function openOutbox(): Promise<OutboxDb> {
  try {
    return inDatabase(await openDB<Schema>('yiwang-field', 1, { upgrade: (made) => void made.createObjectStore('jobs', { keyPath: 'id' }) }))
  } catch {
    return inMemory()
  }
}

function inDatabase(database: IDBPDatabase<Schema>): OutboxDb {
  return {
    durable: true,
    all: () => database.getAll('jobs'),
    async write(changed, removed) {
      const transaction = database.transaction('jobs', 'readwrite')
      await Promise.all([...changed.map((job) => transaction.store.put(job)), ...removed.map((id) => transaction.store.delete(id)), transaction.done])
    },
  }
}

export function inMemory(): OutboxDb {
  const jobs = new Map<string, Job>()
  return {
    durable: false,
    all: async () => [...jobs.values()],
    async write(changed, removed) {
      changed.forEach((job) => jobs.set(job.id, job))
      removed.forEach((id) => jobs.delete(id))
    },
  }
}
