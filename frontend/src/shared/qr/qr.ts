/**
 * QR codes (ISO/IEC 18004), as much of them as an address on a receipt needs: bytes, error correction M, versions 1–10
 * (up to 213 bytes). A code that reads with a seventh of it dirty or torn. Pure.
 */

const HIGHEST_VERSION = 10
/** Per version from 1: error-correction bytes of a block, and blocks, at level M. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5]
const LEVEL_M = 0

export class TooLongForQr extends Error {}

function rawBits(version: number): number {
  let bits = (16 * version + 128) * version + 64
  if (version >= 2) {
    const aligned = Math.floor(version / 7) + 2
    bits -= (25 * aligned - 10) * aligned - 55
    if (version >= 7) bits -= 36
  }
  return bits
}
const dataBytes = (version: number): number => Math.floor(rawBits(version) / 8) - CORRECTION[version - 1]! * BLOCKS[version - 1]!

/** Multiplication in the field of 256 elements with the polynomial 0x11D. */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d)
    product ^= ((b >>> bit) & 1) * a
  }
  return product
}

function divisor(degree: number): number[] {
  const terms = [...Array.from({ length: degree - 1 }, () => 0), 1]
  let root = 1
  for (let turn = 0; turn < degree; turn++) {
    for (let at = 0; at < degree; at++) terms[at] = times(terms[at]!, root) ^ (terms[at + 1] ?? 0)
    root = times(root, 2)
  }
  return terms
}

function remainder(data: readonly number[], terms: readonly number[]): number[] {
  const rest: number[] = terms.map(() => 0)
  for (const byte of data) {
    const factor = byte ^ rest.shift()!
    rest.push(0)
    terms.forEach((term, at) => (rest[at]! ^= times(term, factor)))
  }
  return rest
}

function encoded(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = []
  const put = (value: number, length: number): void => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >>> bit) & 1)
  }
  put(0b0100, 4)
  put(bytes.length, version < 10 ? 8 : 16)
  bytes.forEach((byte) => put(byte, 8))
  const room = dataBytes(version) * 8
  put(0, Math.min(4, room - bits.length))
  put(0, (8 - (bits.length % 8)) % 8)
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) put(pad, 8)
  return Array.from({ length: bits.length / 8 }, (_, at) => bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => (byte << 1) | bit, 0))
}

/** Data in blocks, each with its correction, dealt out in turn so that one dirty spot harms every block a little. */
function interleaved(data: readonly number[], version: number): number[] {
  const blocks = BLOCKS[version - 1]!
  const correction = CORRECTION[version - 1]!
  const total = Math.floor(rawBits(version) / 8)
  const short = blocks - (total % blocks)
  const length = Math.floor(total / blocks) - correction
  const terms = divisor(correction)
  const parts: { data: number[]; check: number[] }[] = []
  for (let at = 0, from = 0; at < blocks; at++) {
    const part = data.slice(from, from + length + (at < short ? 0 : 1))
    from += part.length
    parts.push({ data: part, check: remainder(part, terms) })
  }
  const dealt: number[] = []
  for (let at = 0; at <= length; at++) for (const part of parts) if (at < part.data.length) dealt.push(part.data[at]!)
  for (let at = 0; at < correction; at++) for (const part of parts) dealt.push(part.check[at]!)
  return dealt
}

function alignments(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  const places = [6]
  for (let at = version * 4 + 10; places.length < count; at -= step) places.splice(1, 0, at)
  return places
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0, (_, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

class Grid {
  readonly size: number
  readonly dark: boolean[][]
  private readonly fixed: boolean[][]
  private readonly version: number

  constructor(version: number) {
    this.version = version
    this.size = version * 4 + 17
    this.dark = Array.from({ length: this.size }, () => Array.from({ length: this.size }, () => false))
    this.fixed = this.dark.map((row) => row.map(() => false))
    this.patterns()
  }

  private set(x: number, y: number, dark: boolean): void {
    this.dark[y]![x] = dark
    this.fixed[y]![x] = true
  }

  private patterns(): void {
    for (let at = 0; at < this.size; at++) {
      this.set(6, at, at % 2 === 0)
      this.set(at, 6, at % 2 === 0)
    }
    for (const [x, y] of [[3, 3], [this.size - 4, 3], [3, this.size - 4]] as const) this.rings(x, y, 4)
    const places = alignments(this.version)
    const last = places.length - 1
    places.forEach((x, i) => places.forEach((y, j) => {
      if (!((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0))) this.rings(x, y, 2)
    }))
    this.format(0)
    if (this.version >= 7) this.versionMarks()
  }

  private rings(centreX: number, centreY: number, reach: number): void {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const x = centreX + dx
        const y = centreY + dy
        const away = Math.max(Math.abs(dx), Math.abs(dy))
        if (x >= 0 && x < this.size && y >= 0 && y < this.size) this.set(x, y, reach === 4 ? away !== 2 && away !== 4 : away !== 1)
      }
    }
  }

  format(mask: number): void {
    const data = (LEVEL_M << 3) | mask
    let rest = data
    for (let turn = 0; turn < 10; turn++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
    const bits = ((data << 10) | rest) ^ 0x5412
    const bit = (at: number): boolean => ((bits >>> at) & 1) === 1
    for (let at = 0; at <= 5; at++) this.set(8, at, bit(at))
    this.set(8, 7, bit(6))
    this.set(8, 8, bit(7))
    this.set(7, 8, bit(8))
    for (let at = 9; at < 15; at++) this.set(14 - at, 8, bit(at))
    for (let at = 0; at < 8; at++) this.set(this.size - 1 - at, 8, bit(at))
    for (let at = 8; at < 15; at++) this.set(8, this.size - 15 + at, bit(at))
    this.set(8, this.size - 8, true)
  }

  private versionMarks(): void {
    let rest = this.version
    for (let turn = 0; turn < 12; turn++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
    const bits = (this.version << 12) | rest
    for (let at = 0; at < 18; at++) {
      const far = this.size - 11 + (at % 3)
      const near = Math.floor(at / 3)
      this.set(far, near, ((bits >>> at) & 1) === 1)
      this.set(near, far, ((bits >>> at) & 1) === 1)
    }
  }

  /** In columns two wide, from the right lower corner, up and down in turn; the timing column is stepped over. */
  fill(bytes: readonly number[]): void {
    let at = 0
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5
      for (let step = 0; step < this.size; step++) {
        for (const x of [right, right - 1]) {
          const y = ((right + 1) & 2) === 0 ? this.size - 1 - step : step
          if (this.fixed[y]![x] || at >= bytes.length * 8) continue
          this.dark[y]![x] = ((bytes[at >>> 3]! >>> (7 - (at & 7))) & 1) === 1
          at++
        }
      }
    }
  }

  mask(number: number): void {
    for (let y = 0; y < this.size; y++) for (let x = 0; x < this.size; x++) if (!this.fixed[y]![x] && MASKS[number]!(x, y)) this.dark[y]![x] = !this.dark[y]![x]
  }

  /** How hard the code is to read: long runs, blocks, false finders, too much of one colour. */
  penalty(): number {
    const { size, dark } = this
    let sum = 0
    const lines = [...dark, ...dark.map((_, x) => dark.map((row) => row[x]!))]
    for (const line of lines) {
      const text = line.map(Number).join('')
      for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2
      for (let at = 0; at + 11 <= size; at++) if (['10111010000', '00001011101'].includes(text.slice(at, at + 11))) sum += 40
    }
    for (let y = 0; y + 1 < size; y++) for (let x = 0; x + 1 < size; x++) if (dark[y]![x] === dark[y]![x + 1] && dark[y]![x] === dark[y + 1]![x] && dark[y]![x] === dark[y + 1]![x + 1]) sum += 3
    const share = dark.flat().filter(Boolean).length / (size * size)
    return sum + Math.floor(Math.abs(share * 20 - 10)) * 10
  }
}

/** The modules of the code, true where they are dark, without the quiet zone. Throws where the text is too long. */
export function qrModules(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text)
  let version = 1
  while (dataBytes(version) < bytes.length + (version < 10 ? 2 : 3)) if (++version > HIGHEST_VERSION) throw new TooLongForQr(text)
  const codewords = interleaved(encoded(bytes, version), version)
  let best: { grid: Grid; penalty: number } | null = null
  for (let mask = 0; mask < MASKS.length; mask++) {
    const grid = new Grid(version)
    grid.fill(codewords)
    grid.mask(mask)
    grid.format(mask)
    const penalty = grid.penalty()
    if (best === null || penalty < best.penalty) best = { grid, penalty }
  }
  return best!.grid.dark
}

/** One path for an SVG whose unit is a module, with a quiet zone of four around it. */
export function qrPath(text: string): { path: string; size: number } {
  const modules = qrModules(text)
  const parts: string[] = []
  modules.forEach((row, y) => row.forEach((dark, x) => dark && parts.push(`M${x + 4} ${y + 4}h1v1h-1z`)))
  return { path: parts.join(''), size: modules.length + 8 }
}
