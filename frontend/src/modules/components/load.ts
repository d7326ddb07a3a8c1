/** How far an import is, in words' terms: pure. */
import type { ImportRow } from './calls'

export const isUnderWay = (job: ImportRow | null | undefined): boolean => job?.state === 'queued' || job?.state === 'running'

/** 0 to 1, or null where nobody knows how many rows there are. */
export const shareOf = (job: ImportRow): number | null => (job.total ? Math.min(1, job.read / job.total) : null)

/** All rows are read, and the register is being written. */
export const isMerging = (job: ImportRow): boolean => job.state === 'running' && job.total !== null && job.read >= job.total

/** How often to ask again, in milliseconds; never for what is over. */
export const againIn = (job: ImportRow | undefined): number | false => (isUnderWay(job) ? 1000 : false)
