import { encode } from 'cborg'
import type { CborValue } from '@quorate/contracts'
import { CborReader } from './cbor-reader.ts'

/**
 * Canonical CBOR (RFC 8949 section 4.2.1, core deterministic encoding): shortest integers, definite lengths, map keys in
 * bytewise order. The caller passes integers only; `decodeCbor` refuses what is not.
 * Text that is not well-formed has its lone surrogates replaced by U+FFFD.
 */
export const encodeCbor = (value: CborValue): Uint8Array => plain(encode(value))

/** The encoder gives a Buffer now and then, which may be a piece of a shared pool. */
const plain = (bytes: Uint8Array): Uint8Array => (Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : bytes)

/**
 * Reads exactly one canonical value. Undefined for anything else: trailing bytes, floats, tags, a map with keys out of
 * order, any encoding that `encodeCbor` would not have produced. Bounds: at most CBOR_DEPTH_MAX levels. Never throws.
 */
export const decodeCbor = (bytes: Uint8Array): CborValue | undefined => {
  const reader = new CborReader(bytes)
  try {
    const value = reader.read()
    return reader.isAtEnd ? value : undefined
  } catch {
    return undefined
  }
}
