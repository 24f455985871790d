/**
 * What every layer computes with: quorum arithmetic, canonical CBOR and shapes of wire values, hashes and Merkle trees,
 * fixed-point numbers, a seeded generator, bounded containers, invariants.
 *
 * @example
 * import { quorumSize, resolveFaultTolerance } from '@quorate/core'
 * const f = resolveFaultTolerance(4, null)  // 1
 * const q = quorumSize(4, f)                // 3
 */
export * from './bytes.ts'
export * from './hash.ts'
export * from './invariant.ts'
export * from './quorum.ts'
export * from './fixed-point.ts'
export * from './prng.ts'
export * from './bounded-queue.ts'
export * from './bounded-map.ts'
export * from './cbor.ts'
export * from './shape.ts'
export * from './merkle.ts'
export * from './limits.ts'
export * from './wire/frame.ts'
export * from './wire/submission.ts'
export * from './wire/batch.ts'
export * from './wire/vote.ts'
export * from './wire/group.ts'
export * from './wire/proposal.ts'
export * from './wire/tally.ts'
export * from './wire/conflict.ts'
export * from './wire/receipt.ts'
