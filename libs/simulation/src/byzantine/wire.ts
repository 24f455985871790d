import type { CborValue, Envelope, Opened, Signing } from '@quorate/contracts'
import { decodeHeader, headerDigest, voteShape, type Vote } from '@quorate/core'
import type { BatchHeader, Digest } from '@quorate/contracts'

/**
 * Bodies of the pbft messages that liars twist, as lists in the order of docs/protocol/consensus.md, "messages". Liars do not
 * use the strategy's own code: what they send is not bound to be well formed.
 */
export type Body = readonly CborValue[]

/** The message inside a frame of the liar's own node, when it is one of that kind. */
export const openOwn = (signing: Signing, frame: Uint8Array, kind: RegExp): Envelope | undefined => {
  const opened: Opened = signing.open(frame)
  if (!opened.ok || opened.envelope.author !== signing.self) return undefined
  return kind.test(opened.envelope.kind) && Array.isArray(opened.envelope.body) ? opened.envelope : undefined
}

/** The same kind of message with another body, signed by the liar. */
export const resign = (signing: Signing, { kind }: Envelope, body: CborValue): Uint8Array =>
  signing.sign(kind, body).frame

/** The body with one field replaced. */
export const withField = (body: CborValue, index: number, value: CborValue): CborValue =>
  (body as Body).map((field, i) => (i === index ? value : field))

/** A vote with other content, signed by the liar. */
export const resignVote = (signing: Signing, frame: Uint8Array, change: Partial<Vote>): Uint8Array => {
  const opened = signing.open(frame)
  const vote = opened.ok ? voteShape.decode(opened.envelope.body) : undefined
  return opened.ok && vote
    ? resign(signing, opened.envelope, voteShape.encode({ ...vote, ...change }))
    : frame
}

export const readHeader = (bytes: CborValue | undefined): BatchHeader | undefined =>
  bytes instanceof Uint8Array ? decodeHeader(bytes) : undefined

export const digestOf = (header: BatchHeader): Digest => headerDigest(header)
