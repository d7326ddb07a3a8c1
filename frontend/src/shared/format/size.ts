/** Sizes of files, in the megabytes of 1,024 × 1,024 bytes that the server counts. */
const MEGABYTE = 1024 * 1024

/** Whether a chosen file is larger than may be sent; never while either is unknown. */
export const isLarger = (file: { size: number } | null, most_mb: number | null): boolean => file !== null && most_mb !== null && file.size > most_mb * MEGABYTE

/** Rounded up, so that a file just over a limit is not told with the limit itself. */
export const megabytes = (file: { size: number }): string => String(Math.ceil((file.size / MEGABYTE) * 10) / 10)
