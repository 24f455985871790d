import type { Batch, Digest } from '@quorate/contracts'
import { encodeCbor, fromHex, isVoter, sha256, type Vote } from '@quorate/core'
import {
  charge,
  emit,
  selfVotes,
  toVoters,
  voters,
  type Message,
  type Pbft,
  type VoteEnvelope
} from './context.ts'
import { KIND } from './messages.ts'
import { saveMeta, saveStable } from './records.ts'
import { accuse, ofEpoch, openVote, signVote } from './votes.ts'

/** What a checkpoint vote names: the batch and the whole state after it. docs/protocol/consensus.md, "checkpoints". */
export const checkpointDigest = (batch: Digest, state: Digest): Digest =>
  sha256(encodeCbor(['checkpoint', fromHex(batch), fromHex(state)]))

/** Every K batches: says what the state is. */
export const onCheckpointDue = (p: Pbft, batch: Batch, stateDigest: Digest): void => {
  if (!selfVotes(p)) return
  const digest = checkpointDigest(batch.digest, stateDigest)
  const vote = signVote(p, KIND.checkpoint, { view: 0, seq: batch.header.seq, digest })
  p.state.ownCheckpoint = vote.frame
  saveMeta(p, 'checkpoint', vote.frame)
  toVoters(p, vote.frame)
  keep(p, vote)
}

export const onCheckpoint = (p: Pbft, message: Message<Vote>): void => {
  if (!ofEpoch(message.body, voters(p))) return
  if (!isVoter(voters(p), message.author)) return charge(p, message.author, 'checkpoint-not-a-voter')
  keep(p, message)
}

/** A checkpoint that came inside a status message, or an own one from the disk. */
export const onCheckpointFrame = (p: Pbft, frame: Uint8Array): void => {
  const vote = openVote(p, frame, KIND.checkpoint)
  if (vote && ofEpoch(vote.body, voters(p)) && isVoter(voters(p), vote.author)) keep(p, vote)
}

/** One checkpoint per voter is kept, the latest: memory does not grow with the number of checkpoints. */
const keep = (p: Pbft, vote: VoteEnvelope): void => {
  const known = p.state.checkpoints.get(vote.author)
  if (known?.body.seq === vote.body.seq)
    return known.body.digest === vote.body.digest ? undefined : accuse(p, known, vote)
  if (known && known.body.seq > vote.body.seq) return
  p.state.checkpoints.set(vote.author, vote)
  settle(p, vote.body.seq)
}

/** Stable at q matching signed digests. Only then the low watermark moves. */
const settle = (p: Pbft, seq: number): void => {
  const { state } = p
  if (seq <= state.stable) return
  const votes = [...state.checkpoints.values()].filter(vote => vote.body.seq === seq)
  for (const { body } of votes) {
    if (votes.filter(vote => vote.body.digest === body.digest).length < voters(p).quorum) continue
    if (differs(p, seq, body.digest)) return diverge(p, seq)
    state.stable = seq
    return saveStable(p)
  }
}

const differs = (p: Pbft, seq: number, digest: Digest): boolean => {
  const own = p.state.checkpoints.get(p.signing.self)
  return own?.body.seq === seq && own.body.digest !== digest
}

/** A quorum certifies another state than this node's: it is damaged or has a bug, and must not vote on. */
const diverge = (p: Pbft, seq: number): void => {
  p.state.diverged = true
  emit(p, { type: 'notify', event: { type: 'diverged', durable: true, data: { seq } } })
}
