import type { Digest, Envelope, PeerId } from '@quorate/contracts'
import { encodeCbor } from '../cbor.ts'
import { sha256 } from '../hash.ts'
import { BALLOT_KIND, ballotShape } from './proposal.ts'
import { voteShape } from './vote.ts'

/** Two messages that one honest peer would never both sign. */
export interface Conflict {
  readonly peerId: PeerId
  /** What was said twice: the message kind. */
  readonly type: string
  /** Names the conflict, the same for every pair of messages that shows it. */
  readonly evidenceId: Digest
  readonly seq: number | null
  readonly view: number | null
}

/** Kinds whose body is a vote: at most one digest per author, epoch, view and sequence number. */
const VOTE_KIND = /^[a-z]+\/(pre-prepare|prepare|commit|checkpoint)$/

/**
 * The conflict that two validly signed envelopes prove, or undefined. The same signer, kind, epoch, view and sequence
 * number with different digests convict for votes; the same proposal and epoch with different contents for ballots.
 * Another value in another view is legal. Source: docs/protocol/wire.md, rules W77 and W78.
 */
export const conflictOf = (first: Envelope<unknown>, second: Envelope<unknown>): Conflict | undefined => {
  if (first.author !== second.author || first.kind !== second.kind || first.digest === second.digest)
    return undefined
  const place = first.kind === BALLOT_KIND ? ballotPlace(first, second) : votePlace(first, second)
  if (!place) return undefined
  const { seq, view, about } = place
  return {
    peerId: first.author,
    type: first.kind,
    evidenceId: evidenceIdOf(first.author, first.kind, about),
    seq,
    view
  }
}

const evidenceIdOf = (peerId: PeerId, type: string, about: readonly (string | number)[]): Digest =>
  sha256(encodeCbor(['evidence', peerId, type, about]))

/** The id that evidence of two ballots of a voter on one proposal has. */
export const ballotEvidenceId = (peerId: PeerId, epoch: number, proposalId: Digest): Digest =>
  evidenceIdOf(peerId, BALLOT_KIND, [epoch, proposalId])

interface Place {
  readonly seq: number | null
  readonly view: number | null
  readonly about: readonly (string | number)[]
}

const ballotPlace = (first: Envelope<unknown>, second: Envelope<unknown>): Place | undefined => {
  const [a, b] = [ballotShape.decode(first.body as never), ballotShape.decode(second.body as never)]
  if (!a || !b || a.proposal !== b.proposal || a.epoch !== b.epoch) return undefined
  return { seq: null, view: null, about: [a.epoch, a.proposal] }
}

const votePlace = (first: Envelope<unknown>, second: Envelope<unknown>): Place | undefined => {
  if (!VOTE_KIND.test(first.kind)) return undefined
  const [a, b] = [voteShape.decode(first.body as never), voteShape.decode(second.body as never)]
  if (!a || !b || a.epoch !== b.epoch || a.view !== b.view || a.seq !== b.seq || a.digest === b.digest)
    return undefined
  return { seq: a.seq, view: a.view, about: [a.epoch, a.view, a.seq] }
}
