/**
 * A little work before sending, so that sending thousands is dear: a nonce for which SHA-256 of "challenge:nonce" begins
 * with enough zero bits. Own SHA-256, because browsers keep theirs from pages that came over plain HTTP.
 */
const K = new Uint32Array(64)
const START = new Uint32Array(8)

/** The constants are the fractional parts of cube and square roots of the first primes. */
function prepare(): void {
  let filled = 0
  for (let candidate = 2; filled < 64; candidate++) {
    let prime = true
    for (let factor = 2; factor * factor <= candidate; factor++) if (candidate % factor === 0) prime = false
    if (!prime) continue
    if (filled < 8) START[filled] = (candidate ** 0.5 * 2 ** 32) >>> 0
    K[filled++] = (candidate ** (1 / 3) * 2 ** 32) >>> 0
  }
}
prepare()

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function block(state: Uint32Array, words: Uint32Array): void {
  for (let i = 16; i < 64; i++) {
    const a = words[i - 15]!
    const b = words[i - 2]!
    words[i] = (words[i - 16]! + (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) + words[i - 7]! + (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10))) >>> 0
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + words[i]!) >>> 0
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0
    h = g; g = f; f = e; e = (d + one) >>> 0; d = c; c = b; b = a; a = (one + two) >>> 0
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = (state[i]! + value) >>> 0))
}

/** SHA-256 as eight words. */
export function sha256(text: string): Uint32Array {
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 4, bytes.length * 8)
  const state = START.slice()
  const words = new Uint32Array(64)
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + i * 4)
    block(state, words)
  }
  return state
}

export const isProof = (challenge: string, nonce: string, bits: number): boolean => bits === 0 || sha256(`${challenge}:${nonce}`)[0]! >>> (32 - bits) === 0

const AT_ONCE = 500

/** Works in short turns, so that the page stays awake. */
export async function work(challenge: string, bits: number): Promise<string> {
  for (let from = 0; ; from += AT_ONCE) {
    for (let nonce = from; nonce < from + AT_ONCE; nonce++) if (isProof(challenge, String(nonce), bits)) return String(nonce)
    await new Promise((resolve) => setTimeout(resolve))
  }
}
