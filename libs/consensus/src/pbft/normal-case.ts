import type { Batch, PeerId } from '@quorate/contracts'
import { LIMITS, isVoter, type Vote } from '@quorate/core'
import {
  charge,
  isPrimary,
  lastSeq,
  primaryOf,
  selfVotes,
  slotAt,
  toVoters,
  voters,
  type Held,
  type Message,
  type Pbft,
  type Prepared,
  type Slot,
  type VoteEnvelope
} from './context.ts'
import { preparesNeeded } from './certificates.ts'
import { readBatch } from './content.ts'
import { decide } from './execution.ts'
import { bufferFuture } from './future.ts'
import { KIND, type ProposeBody } from './messages.ts'
import { saveAccepted, saveContent, savePrepared, saveSaid } from './records.ts'
import { accuse, keepVote, ofEpoch, openVote, signVote, votesFor } from './votes.ts'

/** PRE-PREPARE with its batch. Source: Castro and Liskov 1999, section 4.2. */
export const onPropose = (p: Pbft, message: Message<ProposeBody>): void => {
  const { state } = p
  const prePrepare = openVote(p, message.body.prePrepare, KIND.prePrepare)
  if (!prePrepare) return charge(p, message.author, 'pre-prepare-invalid')
  const { view, seq, digest } = prePrepare.body
  const set = voters(p)
  if (!ofEpoch(prePrepare.body, set)) return
  if (prePrepare.author !== primaryOf(set, view)) return charge(p, message.author, 'pre-prepare-not-primary')
  if (view > state.view || (view === state.view && !state.active)) return bufferFuture(p, message, view)
  const known = prePrepareAt(p, seq)
  if (known && known.body.digest !== digest) return accuse(p, known, prePrepare)
  if (view < state.view || seq <= state.executed || seq > lastSeq(p)) return
  const batch = readBatch(p, message.body)
  if (!batch || batch.digest !== digest || batch.header.seq !== seq)
    return charge(p, message.author, 'pre-prepare-digest-wrong')
  // A NEW-VIEW may have named the batch before its content was here.
  if (!known) hold(p, { prePrepare, fresh: true })
  state.wanted.delete(digest)
  state.contents.set(digest, batch)
  acceptHeld(p)
}

/** What the primary has said about a place: accepted, held, or executed lately. */
const prePrepareAt = ({ state }: Pbft, seq: number): VoteEnvelope | undefined =>
  state.slots.get(seq)?.accepted?.prePrepare ??
  state.held.get(seq)?.prePrepare ??
  state.past.get(seq)?.prePrepare

export const hold = (p: Pbft, held: Held): void => void p.state.held.set(held.prePrepare.body.seq, held)

/** Accepts, in sequence order, the held PRE-PREPAREs whose batch is here and whose predecessor was accepted. */
export const acceptHeld = (p: Pbft): void => {
  const { state } = p
  for (let seq = state.executed + 1; state.active; seq++) {
    if (state.slots.get(seq)?.accepted) continue
    const held = state.held.get(seq)
    const batch = held && state.contents.get(held.prePrepare.body.digest)
    if (!held || !batch || !accept(p, held, batch)) return
  }
}

/**
 * False when the batch is not accepted (now or ever). One whose time is too far from the own clock stays held, so that its
 * place takes no other. A batch that is not valid puts its primary under suspicion.
 */
const accept = (p: Pbft, held: Held, batch: Batch): boolean => {
  const { seq } = held.prePrepare.body
  if (held.fresh && Math.abs(batch.header.time - p.now) > LIMITS.clockSkewMsMax) return false
  const verdict = p.application.check(batch)
  if (verdict.outcome === 'ignore') return false
  p.state.held.delete(seq)
  if (verdict.outcome === 'reject') {
    p.state.contents.delete(batch.digest)
    charge(p, held.prePrepare.author, verdict.code)
    p.suspected = verdict.code
    return false
  }
  acceptPrePrepare(p, held.prePrepare, batch)
  return true
}

/** Takes a valid PRE-PREPARE in; a backup says so with its PREPARE. */
export const acceptPrePrepare = (p: Pbft, prePrepare: VoteEnvelope, batch: Batch): void => {
  const { seq, view, digest } = prePrepare.body
  const slot = slotAt(p, seq)
  slot.accepted = { prePrepare, batch, at: p.now }
  for (const submission of batch.submissions) p.pool.setInFlight(submission.digest)
  saveContent(p, batch)
  saveAccepted(p, seq, slot.accepted)
  if (!isPrimary(p) && selfVotes(p)) {
    const prepare = signVote(p, KIND.prepare, { view, seq, digest })
    saveSaid(p, seq, { kind: KIND.prepare, frame: prepare.frame })
    toVoters(p, prepare.frame)
    keepVote(p, slot.prepares, prepare)
  }
  advance(p, seq)
}

/** The votes of one type at a place. */
type VotesOf = (at: Pick<Slot, 'prepares' | 'commits'>) => Map<PeerId, VoteEnvelope>

/** What PREPARE and COMMIT share: epoch, voter, view, window; a late one may still convict. */
const onVote = (p: Pbft, message: Message<Vote>, votesOf: VotesOf): void => {
  const { state } = p
  const { view, seq } = message.body
  const set = voters(p)
  if (!ofEpoch(message.body, set)) return
  if (!isVoter(set, message.author)) return charge(p, message.author, 'vote-not-a-voter')
  if (view > state.view || (view === state.view && !state.active)) return bufferFuture(p, message, view)
  const past = state.past.get(seq)
  const first = past && votesOf(past).get(message.author)
  if (first) return accuse(p, first, message)
  if (view < state.view || seq <= state.executed || seq > lastSeq(p)) return
  keepVote(p, votesOf(slotAt(p, seq)), message)
  advance(p, seq)
}

/** Source: Castro and Liskov 1999, section 4.2. A PREPARE of the primary counts for nothing: it has pre-prepared. */
export const onPrepare = (p: Pbft, message: Message<Vote>): void => {
  const { author, body } = message
  const set = voters(p)
  if (ofEpoch(body, set) && author === primaryOf(set, body.view))
    return charge(p, author, 'prepare-from-primary')
  onVote(p, message, ({ prepares }) => prepares)
}

export const onCommit = (p: Pbft, message: Message<Vote>): void =>
  onVote(p, message, ({ commits }) => commits)

/** Takes the slot, and those after it that waited for it, as far as the votes allow. */
export const advance = (p: Pbft, from: number): void => {
  for (let seq = from; ; seq++) {
    const slot = p.state.slots.get(seq)
    if (!slot?.accepted) return
    prepare(p, seq, slot)
    commit(p, seq, slot)
    decideSlot(p, seq, slot)
    const next = p.state.slots.get(seq + 1)
    if (!next?.accepted || next.commitSent) return
  }
}

/** Prepared = PRE-PREPARE + q-1 PREPAREs of distinct backups for the same digest, in this view. */
const prepare = (p: Pbft, seq: number, slot: Slot): void => {
  const { prePrepare, batch } = slot.accepted as NonNullable<Slot['accepted']>
  const { view, digest } = prePrepare.body
  if (slot.prepared?.view === view) return
  const matching = votesFor(slot.prepares, digest)
  const needed = preparesNeeded(voters(p))
  if (matching.length < needed) return
  const prepares = matching.slice(0, needed).map(({ frame }) => frame)
  const prepared: Prepared = { view, header: batch.header, digest, prePrepare: prePrepare.frame, prepares }
  slot.prepared = prepared
  savePrepared(p, seq, prepared)
}

/**
 * COMMITs are sent in sequence order, without a gap from the executed one on: a COMMIT says that everything before it is
 * prepared too. So a view change never finds a gap below a batch that may be decided. That the batch before is prepared
 * is not enough: the one before that might not be. Source: docs/protocol/consensus.md, rule C63.
 */
const commit = (p: Pbft, seq: number, slot: Slot): void => {
  const { view } = p.state
  if (slot.commitSent || slot.prepared?.view !== view || !selfVotes(p)) return
  const before = p.state.slots.get(seq - 1)
  if (seq - 1 > p.state.executed && !before?.commitSent) return
  slot.commitSent = true
  const vote = signVote(p, KIND.commit, { view, seq, digest: slot.prepared.digest })
  saveSaid(p, seq, { kind: KIND.commit, frame: vote.frame })
  toVoters(p, vote.frame)
  keepVote(p, slot.commits, vote)
}

/** Committed = prepared + q COMMITs of the same view. */
const decideSlot = (p: Pbft, seq: number, slot: Slot): void => {
  const { prePrepare, batch } = slot.accepted as NonNullable<Slot['accepted']>
  const { view, digest, epoch } = prePrepare.body
  const matching = votesFor(slot.commits, digest)
  const { quorum } = voters(p)
  if (slot.prepared?.view !== view || matching.length < quorum) return
  decide(p, seq, {
    batch,
    certificate: { view, epoch, votes: matching.slice(0, quorum).map(({ frame }) => frame) }
  })
}
