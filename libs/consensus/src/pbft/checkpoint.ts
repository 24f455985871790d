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
import { saveDiverged, saveMeta, saveStable } from './records.ts'
import { accuse, ofEpoch, openVote, signVote } from './votes.ts'

/** What a checkpoint vote names: the batch and the whole state after it. docs/protocol/consensus.md, "checkpoints". */
export const checkpointDigest = (batch: Digest, state: Digest): Digest =>
  sha256(encodeCbor(['checkpoint', fromHex(batch), fromHex(state)]))

/** Checkpoints belong to no view; the field is fixed, so that two of one signer always conflict. */
const CHECKPOINT_VIEW = 0

/** Every K batches: compares the state with what a quorum says that it is, and says what it is here. */
export const onCheckpointDue = (p: Pbft, batch: Batch, stateDigest: Digest): void => {
  const { seq } = batch.header
  const digest = checkpointDigest(batch.digest, stateDigest)
  p.state.ownState = { seq, digest }
  if (seq === p.state.stable) compare(p)
  if (!selfVotes(p)) return
  const vote = signVote(p, KIND.checkpoint, { view: CHECKPOINT_VIEW, seq, digest })
  p.state.ownCheckpoint = vote.frame
  saveMeta(p, 'checkpoint', vote.frame)
  toVoters(p, vote.frame)
  keep(p, vote)
}

export const onCheckpoint = (p: Pbft, message: Message<Vote>): void => {
  if (!ofEpoch(message.body, voters(p)) || message.body.view !== CHECKPOINT_VIEW) return
  if (!isVoter(voters(p), message.author)) return charge(p, message.author, 'checkpoint-not-a-voter')
  keep(p, message)
}

/** A checkpoint that came inside a status message, or an own one from the disk. */
export const onCheckpointFrame = (p: Pbft, frame: Uint8Array): void => {
  const vote = openVote(p, frame, KIND.checkpoint)
  const counts = vote && ofEpoch(vote.body, voters(p)) && isVoter(voters(p), vote.author)
  if (counts && vote.body.view === CHECKPOINT_VIEW) keep(p, vote)
}

/** The own checkpoint of an earlier run: it counts again, and is what the state is compared by. */
export const restoreCheckpoint = (p: Pbft): void => {
  const { ownCheckpoint: frame } = p.state
  const vote = frame && openVote(p, frame, KIND.checkpoint)
  if (!vote) return
  p.state.ownState = { seq: vote.body.seq, digest: vote.body.digest }
  keep(p, vote)
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
    state.stable = seq
    state.stableDigest = body.digest
    saveStable(p)
    return compare(p)
  }
}

/** A quorum certifies another state than this node's: it is damaged or has a bug, and must not vote on. */
const compare = (p: Pbft): void => {
  const { stable, stableDigest, ownState, diverged } = p.state
  if (diverged || ownState?.seq !== stable || ownState.digest === stableDigest) return
  p.state.diverged = true
  saveDiverged(p, stable)
  emit(p, { type: 'notify', event: { type: 'diverged', durable: true, data: { seq: stable } } })
}
