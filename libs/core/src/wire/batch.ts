import type { Batch, BatchHeader, Digest, Submission } from '@quorate/contracts'
import { decodeCbor, encodeCbor } from '../cbor.ts'
import { sha256 } from '../hash.ts'
import { merkleRoot } from '../merkle.ts'
import { digest, struct, uint } from '../shape.ts'

/** docs/protocol/wire.md, rule W50: `[seq, parent, base, time, count, root]`. */
export const headerShape = struct({
  seq: uint(),
  parent: digest(),
  base: uint(),
  time: uint(),
  count: uint(),
  root: digest()
})

export const encodeHeader = (header: BatchHeader): Uint8Array => encodeCbor(headerShape.encode(header))

export const decodeHeader = (bytes: Uint8Array): BatchHeader | undefined => {
  const value = decodeCbor(bytes)
  return value === undefined ? undefined : headerShape.decode(value)
}

/** What consensus votes on: the sha256 of the header's canonical bytes. */
export const headerDigest = (header: BatchHeader): Digest => sha256(encodeHeader(header))

export const batchLeaves = (submissions: readonly Submission[]): Digest[] =>
  submissions.flatMap(submission => submission.entries.map(entry => entry.digest))

/** Builds the batch whose header commits to these submissions. */
export const createBatch = (
  place: Pick<BatchHeader, 'seq' | 'parent' | 'base' | 'time'>,
  submissions: readonly Submission[]
): Batch => {
  const leaves = batchLeaves(submissions)
  const { seq, parent, base, time } = place
  const header: BatchHeader = { seq, parent, base, time, count: leaves.length, root: merkleRoot(leaves) }
  return { header, digest: headerDigest(header), submissions }
}

/** True when the header's count and root are those of the submissions. */
export const headerFits = (header: BatchHeader, submissions: readonly Submission[]): boolean => {
  const leaves = batchLeaves(submissions)
  return header.count === leaves.length && header.root === merkleRoot(leaves)
}
