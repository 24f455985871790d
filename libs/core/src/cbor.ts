import { decode, encode } from 'cborg'
import type { CborValue } from '@quorate/contracts'
import { equalBytes } from './bytes.ts'

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: true,
  rejectDuplicateMapKeys: true,
  useMaps: false
} as const

/**
 * Canonical CBOR (RFC 8949 section 4.2.1, core deterministic encoding): shortest integers, definite lengths, map keys in
 * bytewise order. The caller passes integers only; `decodeCbor` refuses what is not.
 */
export const encodeCbor = (value: CborValue): Uint8Array => encode(value)

/**
 * Reads exactly one canonical value. Undefined for anything else: trailing bytes, floats, tags, a map with keys out of
 * order, any encoding that `encodeCbor` would not have produced. Never throws.
 */
export const decodeCbor = (bytes: Uint8Array): CborValue | undefined => {
  try {
    const value = decode(bytes, STRICT) as CborValue
    if (!isPlain(value)) return undefined
    return equalBytes(encode(value), bytes) ? value : undefined
  } catch {
    return undefined
  }
}

const isPlain = (value: unknown): boolean => {
  if (value === null) return true
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
    case 'string':
    case 'boolean':
    case 'bigint':
      return true
    case 'object':
      if (value instanceof Uint8Array) return true
      return Array.isArray(value) ? value.every(isPlain) : Object.values(value as object).every(isPlain)
    default:
      return false
  }
}
