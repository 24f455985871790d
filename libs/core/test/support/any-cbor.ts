import * as fc from 'fast-check'
import type { CborValue } from '@quorate/contracts'

const integer = fc.oneof(
  fc.maxSafeInteger().map(n => n + 0),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }).map(n => (isSafe(n) ? Number(n) : n))
)

const isSafe = (n: bigint): boolean =>
  n >= BigInt(Number.MIN_SAFE_INTEGER) && n <= BigInt(Number.MAX_SAFE_INTEGER)

/** Text that both decoders of the differential test read alike: the library drops a leading byte order mark. */
const text = fc.string({ unit: 'grapheme' }).filter(value => !value.startsWith('\ufeff'))

const key = text.filter(name => name !== '__proto__')

/** Any value of the canonical subset, small. */
export const { anyCbor } = fc.letrec<{ anyCbor: CborValue }>(tie => ({
  anyCbor: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    integer,
    text,
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('anyCbor'), { maxLength: 5 }),
    fc.dictionary(key, tie('anyCbor'), { maxKeys: 5, noNullPrototype: true })
  )
}))
