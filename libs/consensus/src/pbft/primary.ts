import type { Batch, Digest, Submission, TimeMs } from '@quorate/contracts'
import { contentOf } from './content.ts'
import { emit, isPrimary, selfVotes, toVoters, type Pbft, type VoteEnvelope } from './context.ts'
import { KIND, proposeShape } from './messages.ts'
import { acceptPrePrepare } from './normal-case.ts'
import { signVote } from './votes.ts'

/** How long an entry that is not valid yet (too early) waits before it is tried again. */
const RETRY_MS = 50

/** Proposes batches from the pool as far as the window, and the wish for large batches, allow. */
export const proposeBatches = (p: Pbft): void => {
  while (mayPropose(p)) {
    const tip = tipOf(p)
    const { submissions: candidates } = ready(p)
    if (candidates.length === 0) return
    const { batchEntriesMax: entriesMax, batchBytesMax: bytesMax } = p.config
    const { batch, refused } = p.application.propose(tip.digest, candidates, {
      time: p.now,
      entriesMax,
      bytesMax
    })
    for (const { submission, code } of refused) {
      if (code !== 'submission-executed') emit(p, ...p.pool.refused(submission, code))
    }
    if (!batch) return emit(p, { type: 'schedule', timer: 'batch', atMs: p.now + RETRY_MS })
    propose(p, batch)
  }
}

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
  const { submissions, entries, bytes, since } = ready(p)
  if (submissions.length === 0) return false
  const due = since + p.config.batchDelayMs
  if (entries >= p.config.batchEntriesMax || bytes >= p.config.batchBytesMax || p.now >= due) return true
  emit(p, { type: 'schedule', timer: 'batch', atMs: due })
  return false
}

interface Ready {
  readonly submissions: Submission[]
  readonly entries: number
  readonly bytes: number
  /** Since when the oldest of them waits. */
  readonly since: TimeMs
}

/** What waits and is in no batch, oldest first, as much as one batch takes. */
const ready = (p: Pbft): Ready => {
  const submissions: Submission[] = []
  let [entries, bytes, oldest] = [0, 0, p.now]
  for (const { submission, inFlight, since } of p.pool.pending()) {
    if (inFlight) continue
    if (submissions.length === 0) oldest = since
    submissions.push(submission)
    entries += submission.entries.length
    bytes += submission.frame.length
    if (entries >= p.config.batchEntriesMax || bytes >= p.config.batchBytesMax) break
  }
  return { submissions, entries, bytes, since: oldest }
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
