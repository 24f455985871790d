import type { CborValue } from '@quorate/contracts'

/** Arrays and maps may stand this deep in each other, so that no peer's stack decides what is valid. */
export const CBOR_DEPTH_MAX = 32

const MALFORMED = new Error('not canonical CBOR')

/** Reads what docs/protocol/wire.md, "canonical CBOR", allows, from the front of `bytes`. Throws for anything else. */
export class CborReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    // Never a Buffer, whose slices would be views on memory of the sender's.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  read(depth = 0): CborValue {
    if (depth > CBOR_DEPTH_MAX) throw MALFORMED
    const first = this.#bytes[this.#skip(1)] as number
    const info = first & 31
    switch (first >> 5) {
      case 0:
        return this.#argument(info)
      case 1:
        return negative(this.#argument(info))
      case 2:
        return this.#copy(this.#length(info))
      case 3:
        return this.#text(this.#length(info))
      case 4:
        return this.#array(this.#length(info), depth)
      case 5:
        return this.#map(this.#length(info), depth)
      case 7:
        return simple(info)
      default:
        throw MALFORMED
    }
  }

  /** Passes the next `length` bytes and tells where they begin. */
  #skip(length: number): number {
    const start = this.#at
    if (start + length > this.#bytes.length) throw MALFORMED
    this.#at = start + length
    return start
  }

  #copy(length: number): Uint8Array {
    const start = this.#skip(length)
    return this.#bytes.slice(start, start + length)
  }

  #text(length: number): string {
    const start = this.#skip(length)
    const bytes = this.#bytes.subarray(start, start + length)
    return (length <= SHORT ? readAscii(bytes) : undefined) ?? UTF8.decode(bytes)
  }

  /** The number that follows the first byte, in the shortest form that holds it. */
  #argument(info: number): number | bigint {
    if (info < 24) return info
    if (info > 27) throw MALFORMED
    const at = this.#skip(1 << (info - 24))
    if (info === 24) return atLeast(24, this.#view.getUint8(at))
    if (info === 25) return atLeast(0x100, this.#view.getUint16(at))
    if (info === 26) return atLeast(0x1_0000, this.#view.getUint32(at))
    const value = this.#view.getBigUint64(at)
    return value > MAX_SAFE ? value : atLeast(0x1_0000_0000, Number(value))
  }

  /** A length or count; every item takes at least a byte, so none can exceed what is left. */
  #length(info: number): number {
    const length = this.#argument(info)
    if (typeof length === 'bigint' || length > this.#bytes.length - this.#at) throw MALFORMED
    return length
  }

  #array(count: number, depth: number): CborValue {
    const items: CborValue[] = []
    for (let i = 0; i < count; i++) items.push(this.read(depth + 1))
    return items
  }

  #map(count: number, depth: number): CborValue {
    const record: Record<string, CborValue> = {}
    let previous: Uint8Array = NOTHING
    for (let i = 0; i < count; i++) {
      const start = this.#at
      const key = this.read(depth + 1)
      const encoded = this.#bytes.subarray(start, this.#at)
      // Strictly ascending bytes: one order only, and no key twice. `__proto__` would set the object's prototype.
      if (typeof key !== 'string' || key === '__proto__' || Buffer.compare(previous, encoded) >= 0)
        throw MALFORMED
      previous = encoded
      record[key] = this.read(depth + 1)
    }
    return record
  }
}

const NOTHING = new Uint8Array()
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

const atLeast = (low: number, value: number): number => {
  if (value < low) throw MALFORMED
  return value
}

const negative = (argument: number | bigint): number | bigint =>
  typeof argument === 'number' && argument < Number.MAX_SAFE_INTEGER ? -1 - argument : -1n - BigInt(argument)

const simple = (info: number): CborValue => {
  if (info === 20) return false
  if (info === 21) return true
  if (info === 22) return null
  throw MALFORMED
}

/** Throws on bytes that are not well-formed. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const SHORT = 24

/** Short ASCII, such as kinds and keys, is read without the decoder, which costs a microsecond. */
const readAscii = (bytes: Uint8Array): string | undefined => {
  let text = ''
  for (const byte of bytes) {
    if (byte > 127) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}
