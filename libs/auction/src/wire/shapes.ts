import type { CborValue } from '@quorate/contracts'
import { decodeCbor, encodeCbor, mapOf, text, uint, type Shape } from '@quorate/core'
import { AUCTION_LIMITS, PPM_NUMBER } from '../limits.ts'

const AGENT_NAME = /^[a-z0-9-]{1,63}$/

/** An agent's name inside its peer: 1 to 63 of `a-z`, `0-9`, `-`. */
export const agentName = (): Shape<string> => ({
  encode: value => value,
  decode: value => (typeof value === 'string' && AGENT_NAME.test(value) ? value : undefined)
})

/** Whole number in 1 .. 2^53-1. */
export const positive = (): Shape<number> => ({
  encode: value => value,
  decode: value => {
    const decoded = uint().decode(value)
    return decoded === 0 ? undefined : decoded
  }
})

export const label = (): Shape<string> => text(AUCTION_LIMITS.labelBytesMax, 1)

/** Level per capability, in ppm. */
export const levels = () =>
  mapOf(uint(PPM_NUMBER), {
    entriesMax: AUCTION_LIMITS.capabilitiesMax,
    keyBytesMax: AUCTION_LIMITS.labelBytesMax
  })

/**
 * Amount per resource in base units: `cpu` in milli-cores, `memory` in bytes, others as their agents define.
 */
export const amounts = () =>
  mapOf(uint(), {
    entriesMax: AUCTION_LIMITS.resourcesMax,
    keyBytesMax: AUCTION_LIMITS.labelBytesMax
  })

/** The value under an own key, or 0: names come from peers and may be those of Object.prototype. */
export const amountOf = (record: { readonly [key: string]: number }, key: string): number =>
  Object.hasOwn(record, key) ? (record[key] ?? 0) : 0

/** Canonical bytes of an entry's body. */
export const encodeBody = <T>(shape: Shape<T>, value: T): Uint8Array => encodeCbor(shape.encode(value))

/** Reads an entry's body; undefined for anything that is not exactly the documented form. Never throws. */
export const decodeBody = <T>(shape: Shape<T>, bytes: Uint8Array): T | undefined => {
  const value = decodeCbor(bytes)
  return value === undefined ? undefined : shape.decode(value)
}

/** Reads a value of the state; undefined when the key is absent. */
export const decodeState = <T>(shape: Shape<T>, value: CborValue | undefined): T | undefined =>
  value === undefined ? undefined : shape.decode(value)
