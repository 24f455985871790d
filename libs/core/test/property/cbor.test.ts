import { decode, encode } from 'cborg'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import { decodeCbor, encodeCbor, equalBytes } from '../../src/index.ts'
import { anyCbor } from '../support/any-cbor.ts'

/** An independent reading of the same rules: a strict decoder, and nothing that would be encoded otherwise. */
const readByLibrary = (bytes: Uint8Array): unknown => {
  const strict = { strict: true, allowIndefinite: false, allowUndefined: false, rejectDuplicateMapKeys: true }
  try {
    const value: unknown = decode(bytes, strict)
    return hasFloat(value) || !equalBytes(encode(value), bytes) ? undefined : value
  } catch {
    return undefined
  }
}

const hasFloat = (value: unknown): boolean => {
  // A number that is not safe came as a float: integers of that size are bigints.
  if (typeof value === 'number') return !Number.isSafeInteger(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasFloat)
}

const changed = fc
  .tuple(
    anyCbor,
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 })
  )
  .map(([value, changes]) => {
    const bytes = encodeCbor(value)
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte
    return bytes
  })

describe('canonical CBOR', () => {
  it('round trip: every value is read back as it was written', () => {
    fc.assert(
      fc.property(anyCbor, value => {
        expect(decodeCbor(encodeCbor(value))).toEqual(value)
      })
    )
  })

  it('one form: what is read would be written as the same bytes', () => {
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 12 })), bytes => {
        const value = decodeCbor(bytes)
        expect(value === undefined ? bytes : encodeCbor(value)).toEqual(bytes)
      }),
      { numRuns: 2_000 }
    )
  })

  it('agrees with another decoder on what is valid', () => {
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 12 })), bytes => {
        expect(decodeCbor(bytes)).toEqual(readByLibrary(bytes) as CborValue)
      }),
      { numRuns: 2_000 }
    )
  })
})
