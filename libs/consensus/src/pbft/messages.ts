import type { MessageCodec } from '@quorate/contracts'
import {
  LIMITS,
  SUBMISSION_KIND,
  bool,
  byteString,
  digest,
  list,
  nullable,
  struct,
  submissionShape,
  uint,
  voteShape,
  type Shape,
  type ShapeType
} from '@quorate/core'

/** Kinds of the pbft strategy's messages. docs/protocol/consensus.md, "messages". */
export const KIND = {
  prePrepare: 'pbft/pre-prepare',
  propose: 'pbft/propose',
  prepare: 'pbft/prepare',
  commit: 'pbft/commit',
  checkpoint: 'pbft/checkpoint',
  viewChange: 'pbft/view-change',
  newView: 'pbft/new-view',
  status: 'pbft/status',
  fetch: 'pbft/fetch',
  fetchContent: 'pbft/fetch-content',
  content: 'pbft/content',
  decided: 'pbft/decided'
} as const

const frame = byteString(LIMITS.frameBytesMax)
const small = byteString(LIMITS.smallFrameBytesMax)
const header = byteString(512)
const frames = list(frame, LIMITS.submissionsPerBatchMax)
const votes = list(small, LIMITS.votersMax)

/** The primary's PRE-PREPARE (a vote, as a frame) together with the batch that it names. */
export const proposeShape = struct({ prePrepare: small, header, submissions: frames })

export const contentShape = struct({ header, submissions: frames })

const commitCertificate = struct({ epoch: uint(), view: uint(), votes })

export const decidedShape = struct({ header, submissions: frames, certificate: commitCertificate })

const preparedShape = struct({ header, prePrepare: small, prepares: votes })

export const viewChangeShape = struct({
  epoch: uint(),
  voterSet: digest(),
  /** The view to be entered. */
  view: uint(),
  /** The last batch that the sender knows to be decided, with its proof; null at the founding. */
  base: nullable(struct({ header, certificate: commitCertificate })),
  /** For each later sequence number, the prepared certificate of the highest view. */
  prepared: list(preparedShape, 128)
})

export const newViewShape = struct({
  epoch: uint(),
  voterSet: digest(),
  view: uint(),
  /** A quorum of VIEW-CHANGEs, as frames. */
  viewChanges: list(frame, LIMITS.votersMax),
  /** The set O: the new primary's PRE-PREPAREs, as frames, in sequence order. */
  prePrepares: list(small, 128)
})

export const statusShape = struct({
  view: uint(),
  active: bool(),
  executed: uint(),
  /** The sender's latest CHECKPOINT, as a frame. */
  checkpoint: nullable(small)
})

export const fetchShape = struct({ from: uint(), to: uint() })

export const fetchContentShape = struct({ digests: list(digest(), 64, 1) })

export type ProposeBody = ShapeType<typeof proposeShape>
export type ContentBody = ShapeType<typeof contentShape>
export type DecidedBody = ShapeType<typeof decidedShape>
export type PreparedBody = ShapeType<typeof preparedShape>
export type ViewChangeBody = ShapeType<typeof viewChangeShape>
export type NewViewBody = ShapeType<typeof newViewShape>
export type StatusBody = ShapeType<typeof statusShape>
export type FetchBody = ShapeType<typeof fetchShape>
export type FetchContentBody = ShapeType<typeof fetchContentShape>
export type CertificateBody = ShapeType<typeof commitCertificate>

const codec = <T>(kind: string, shape: Shape<T>, frameBytesMax: number): MessageCodec => ({
  kind,
  frameBytesMax,
  decode: body => shape.decode(body)
})

const { smallFrameBytesMax: SMALL, frameBytesMax: LARGE } = LIMITS

/** What the boundary lets through to the pbft machine. A PRE-PREPARE only travels inside `pbft/propose`. */
export const PBFT_CODECS: readonly MessageCodec[] = [
  codec(SUBMISSION_KIND, submissionShape, LIMITS.submissionFrameBytesMax),
  codec(KIND.propose, proposeShape, LARGE),
  codec(KIND.prepare, voteShape, SMALL),
  codec(KIND.commit, voteShape, SMALL),
  codec(KIND.checkpoint, voteShape, SMALL),
  codec(KIND.viewChange, viewChangeShape, LARGE),
  codec(KIND.newView, newViewShape, LARGE),
  codec(KIND.status, statusShape, SMALL * 2),
  codec(KIND.fetch, fetchShape, SMALL),
  codec(KIND.fetchContent, fetchContentShape, SMALL),
  codec(KIND.content, contentShape, LARGE),
  codec(KIND.decided, decidedShape, LARGE)
]
