import type { CborValue } from '@quorate/contracts'
import { toBase64, toHex } from '@quorate/core'

/** A CBOR value as JSON: 32 bytes (digests) as hex, other bytes as base64, integers past 2^53 as decimal text. */
export const jsonOf = (value: CborValue): unknown => {
  if (value instanceof Uint8Array) return value.length === 32 ? toHex(value) : toBase64(value)
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map(item => jsonOf(item as CborValue))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonOf(item)]))
}

/** Agreed or local milliseconds as the API prints times. */
export const isoTime = (ms: number): string => new Date(ms).toISOString()
