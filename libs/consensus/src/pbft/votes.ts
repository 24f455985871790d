import type { Digest, Envelope, PeerId, VoterSet } from '@quorate/contracts'
import { conflictOf, encodeCbor, EVIDENCE_KIND, evidenceShape, voteShape, type Vote } from '@quorate/core'
import { emit, voters, type Pbft, type VoteEnvelope } from './context.ts'

/** Signs a vote of this node: epoch and voter set are those in force. */
export const signVote = (
  p: Pbft,
  kind: string,
  about: Pick<Vote, 'view' | 'seq' | 'digest'>
): VoteEnvelope => {
  const { epoch, digest: voterSet } = voters(p)
  const vote: Vote = { epoch, voterSet, ...about }
  return { ...p.signing.sign(kind, voteShape.encode(vote)), body: vote }
}

/** Reads a vote out of a frame inside another message. Undefined unless it is validly signed and of that kind. */
export const openVote = (p: Pbft, frame: Uint8Array, kind: string): VoteEnvelope | undefined => {
  const opened = p.signing.open(frame)
  if (!opened.ok || opened.envelope.kind !== kind) return undefined
  const body = voteShape.decode(opened.envelope.body)
  return body && { ...opened.envelope, body }
}

/** Certificates never cross epochs. */
export const ofEpoch = (vote: Pick<Vote, 'epoch' | 'voterSet'>, set: VoterSet): boolean =>
  vote.epoch === set.epoch && vote.voterSet === set.digest

/** Those of the votes that are for the digest. */
export const votesFor = (votes: ReadonlyMap<PeerId, VoteEnvelope>, digest: Digest): VoteEnvelope[] =>
  [...votes.values()].filter(vote => vote.body.digest === digest)

/**
 * Keeps a peer's vote; the first one stands. A second one with another digest convicts its signer.
 * True when the vote is new.
 */
export const keepVote = (p: Pbft, votes: Map<PeerId, VoteEnvelope>, vote: VoteEnvelope): boolean => {
  const known = votes.get(vote.author)
  if (!known) {
    votes.set(vote.author, vote)
    return true
  }
  accuse(p, known, vote)
  return false
}

/** Evidence that found no room in the pool may be submitted again. */
export const onEvidenceRefused = (p: Pbft, { token, code }: { token: string; code: string }): void => {
  if (code === 'pool-full') p.state.accused.delete(token.slice('consensus:'.length))
}

/**
 * Puts evidence on the ledger when the two messages prove that their author said both. They are judged as they were signed:
 * beyond the boundary, a body is what its codec made of it.
 */
export const accuse = (p: Pbft, first: Envelope<unknown>, second: Envelope<unknown>): void => {
  if (first.digest === second.digest) return
  const [one, other] = [p.signing.open(first.frame), p.signing.open(second.frame)]
  const conflict = one.ok && other.ok ? conflictOf(one.envelope, other.envelope) : undefined
  if (!conflict) return
  // The ledger convicts a voter once for each kind of vote.
  const name = `${conflict.peerId} ${conflict.type}`
  if (p.state.accused.has(name)) return
  p.state.accused.set(name, true)
  const body = encodeCbor(evidenceShape.encode({ first: first.frame, second: second.frame }))
  emit(p, {
    type: 'route',
    command: {
      name: 'consensus.submit',
      payload: { drafts: [{ kind: EVIDENCE_KIND, body }], token: `consensus:${name}` }
    }
  })
}
