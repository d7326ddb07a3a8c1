/** Which page an address means: the form, or the progress of one report. */
export type Place = { page: 'report' } | { page: 'track'; receipt: string }

export function placeOf(path: string): Place {
  const receipt = /^\/report\/([^/]+)\/?$/.exec(path)?.[1]
  return receipt ? { page: 'track', receipt: decodeURIComponent(receipt) } : { page: 'report' }
}

/** "abcd efgh-jkmn" → "ABCD-EFGH-JKMN", as the receipt is printed. */
export function tidyReceipt(written: string): string {
  const plain = written.toUpperCase().replace(/[^0-9A-Z]/g, '')
  return plain.match(/.{1,4}/g)?.join('-') ?? ''
}
