/**
 * The format of SQLite's write-ahead log, as far as recovery needs it.
 *
 * Source: https://sqlite.org/fileformat2.html#walformat.
 */
export const WAL_HEADER_BYTES = 32
export const WAL_FRAME_HEADER_BYTES = 24
const MAGIC = 0x377f0682

/** Two 32-bit halves: a salt or a checksum. */
export type Sum = readonly [number, number]

export interface WalHeader {
  readonly littleEndian: boolean
  readonly pageBytes: number
  readonly salts: Sum
  readonly sum: Sum
}

export interface WalFrame {
  readonly salts: Sum
  readonly isCommit: boolean
  /** The checksum that the frame carries. */
  readonly sum: Sum
  /** What the checksum must be after a frame whose checksum is `before`. */
  readonly sumAfter: (before: Sum) => Sum
}

export const equalSums = (a: Sum, b: Sum): boolean => a[0] === b[0] && a[1] === b[1]

const pair = (view: DataView, at: number): Sum => [view.getUint32(at), view.getUint32(at + 4)]

/** SQLite's checksum over `bytes` (a multiple of 8), continued from `sum`. */
const checksum = (view: DataView, littleEndian: boolean, sum: Sum): Sum => {
  let [a, b] = sum
  for (let at = 0; at < view.byteLength; at += 8) {
    a = (a + view.getUint32(at, littleEndian) + b) >>> 0
    b = (b + view.getUint32(at + 4, littleEndian) + a) >>> 0
  }
  return [a, b]
}

const slice = (view: DataView, from: number, to: number): DataView =>
  new DataView(view.buffer, view.byteOffset + from, to - from)

/** undefined when the header is not intact. */
export const parseHeader = (view: DataView): WalHeader | undefined => {
  const magic = view.getUint32(0)
  if ((magic & ~1) >>> 0 !== MAGIC) return undefined
  const littleEndian = (magic & 1) === 0
  const sum = pair(view, 24)
  if (!equalSums(checksum(slice(view, 0, 24), littleEndian, [0, 0]), sum)) return undefined
  return { littleEndian, pageBytes: view.getUint32(8), salts: pair(view, 16), sum }
}

export const parseFrame = (view: DataView, littleEndian: boolean): WalFrame => ({
  salts: pair(view, 8),
  isCommit: view.getUint32(4) !== 0,
  sum: pair(view, 16),
  sumAfter: before =>
    checksum(
      slice(view, WAL_FRAME_HEADER_BYTES, view.byteLength),
      littleEndian,
      checksum(slice(view, 0, 8), littleEndian, before)
    )
})
