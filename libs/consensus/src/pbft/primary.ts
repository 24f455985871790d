import type { Batch, Digest, Selection, Submission, TimeMs } from '@quorate/contracts'
import { contentOf } from './content.ts'
import { emit, isPrimary, selfVotes, toVoters, type Pbft, type VoteEnvelope } from './context.ts'
import { KIND, proposeShape } from './messages.ts'
import { acceptPrePrepare } from './normal-case.ts'
import { signVote } from './votes.ts'

/** Proposes batches from the pool as far as the window, and the wish for large batches, allow. */
export const proposeBatches = (p: Pbft): void => {
  p.pool.retry(p.now)
  while (mayPropose(p)) {
    const tip = tipOf(p)
    const { batchEntriesMax: entriesMax, batchBytesMax: bytesMax } = p.config
    const candidates = p.pool.candidates({ entriesMax, bytesMax })
    if (candidates.length === 0) break
    const selection = p.application.propose(tip.digest, candidates, { time: p.now, entriesMax, bytesMax })
    setAside(p, candidates, selection)
    if (selection.batch) propose(p, selection.batch)
  }
  if (isPrimary(p)) armPrimaryTimer(p, 'retry', p.pool.retryDue())
}

/**
 * Candidates that were looked at and not chosen: what can never be valid is dropped, what is not valid yet waits for a
 * while, so that it neither blocks what stands behind it nor is tried in every step.
 */
const setAside = (p: Pbft, candidates: readonly Submission[], { batch, refused }: Selection): void => {
  const chosen = new Set(batch?.submissions.map(({ digest }) => digest))
  const codes = new Map(refused.map(({ submission, code }) => [submission.digest, code]))
  const looked = batch ? candidates.findLastIndex(({ digest }) => chosen.has(digest)) : candidates.length
  for (const [i, candidate] of candidates.entries()) {
    const code = codes.get(candidate.digest)
    if (chosen.has(candidate.digest) || (code === undefined && i > looked)) continue
    if (code !== undefined && isFinal(p, candidate, code)) emit(p, ...p.pool.refused(candidate, code))
    else p.pool.setTried(candidate.digest, p.now)
  }
}

/** In a batch that is not decided yet is not executed: the batch may still be dropped. */
const isFinal = (p: Pbft, submission: Submission, code: string): boolean =>
  code !== 'submission-executed' || p.application.isExecuted(submission)

const mayPropose = (p: Pbft): boolean => {
  const { state, config } = p
  if (!state.active || !isPrimary(p) || !selfVotes(p) || state.held.size > 0) return false
  const { seq } = tipOf(p)
  if (seq >= state.executed + config.window || seq >= state.stable + 2 * config.checkpointInterval)
    return false
  return seq === state.executed || worthWhile(p)
}

/** While batches are in flight, a further one waits until it is large or its oldest entry has waited long enough. */
const worthWhile = (p: Pbft): boolean => {
  const { entries, bytes, since } = p.pool.ready()
  if (since === undefined) return false
  const due = since + p.config.batchDelayMs
  if (entries >= p.config.batchEntriesMax || bytes >= p.config.batchBytesMax || p.now >= due) return true
  armPrimaryTimer(p, 'batch', due)
  return false
}

/** Timers that only wake the machine: proposing is what every step ends with. Armed anew when the time changes. */
const armPrimaryTimer = (p: Pbft, timer: 'batch' | 'retry', due: TimeMs | undefined): void => {
  const { armed } = p.state
  if (due === undefined || armed.get(timer) === due) return
  armed.set(timer, due)
  emit(p, { type: 'schedule', timer, atMs: due })
}

/** The last accepted batch of the chain, or the executed head. */
const tipOf = (p: Pbft): { readonly seq: number; readonly digest: Digest } => {
  let tip: { seq: number; digest: Digest } = p.application.head()
  for (let next = p.state.slots.get(tip.seq + 1); next?.accepted; next = p.state.slots.get(tip.seq + 1)) {
    tip = { seq: tip.seq + 1, digest: next.accepted.batch.digest }
  }
  return tip
}

const propose = (p: Pbft, batch: Batch): void => {
  const { view } = p.state
  const { header, digest } = batch
  const prePrepare = signVote(p, KIND.prePrepare, { view, seq: header.seq, digest })
  p.state.contents.set(digest, batch)
  toVoters(p, proposeFrame(p, prePrepare, batch))
  acceptPrePrepare(p, prePrepare, batch)
}

/** A PRE-PREPARE with its batch, signed by whoever hands it on. */
export const proposeFrame = (p: Pbft, prePrepare: VoteEnvelope, batch: Batch): Uint8Array =>
  p.signing.sign(KIND.propose, proposeShape.encode({ prePrepare: prePrepare.frame, ...contentOf(batch) }))
    .frame
