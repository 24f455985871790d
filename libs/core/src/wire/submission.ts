import type { CborValue, Digest, Entry, EntryDraft, Envelope, Submission } from '@quorate/contracts'
import { encodeCbor } from '../cbor.ts'
import { LIMITS } from '../limits.ts'
import { merkleLeaf } from '../merkle.ts'
import { byteString, list, struct, text, uint, type ShapeType } from '../shape.ts'

export const SUBMISSION_KIND = 'submission'

const draftShape = struct({ kind: text(LIMITS.kindBytesMax, 1), body: byteString(LIMITS.entryBytesMax) })

/** docs/protocol/wire.md, rule W30: `[counter, [[kind, body], ...]]`. */
export const submissionShape = struct({
  counter: uint(),
  entries: list(draftShape, LIMITS.entriesPerSubmissionMax, 1)
})

export type SubmissionBody = ShapeType<typeof submissionShape>

export const encodeSubmission = (counter: number, entries: readonly EntryDraft[]): CborValue =>
  submissionShape.encode({ counter, entries })

/** The Merkle leaf of an entry: the leaf hash of canonical CBOR `[author, counter, index, kind, body]`. */
export const entryDigest = ({ author, counter, index, kind, body }: Omit<Entry, 'digest'>): Digest =>
  merkleLeaf(encodeCbor([author, counter, index, kind, body]))

/** Reads a verified envelope of kind `submission`. Undefined when the body is not of that form. */
export const decodeSubmission = (envelope: Envelope): Submission | undefined => {
  const body = envelope.kind === SUBMISSION_KIND ? submissionShape.decode(envelope.body) : undefined
  return body && submissionOf({ ...envelope, body })
}

/** The submission that an envelope with a decoded body is. Hashes every entry. */
export const submissionOf = ({ author, digest, frame, body }: Envelope<SubmissionBody>): Submission => {
  const { counter } = body
  const entries = body.entries.map((draft, index): Entry => {
    const place = { ...draft, author, counter, index }
    return { ...place, digest: entryDigest(place) }
  })
  return { author, counter, entries, digest, frame }
}
