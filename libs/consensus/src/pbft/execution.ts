import type { Batch, DecidedBatch, ExecutedBatch } from '@quorate/contracts'
import { onCheckpointDue } from './checkpoint.ts'
import { emit, type Decided, type Pbft } from './context.ts'
import { dropExecuted } from './records.ts'

/** Keeps a decided batch until its turn, and hands to the ledger what follows the executed ones without a gap. */
export const decide = (p: Pbft, seq: number, decided: Decided): void => {
  const { state } = p
  if (seq <= state.executed || state.decided.has(seq)) return
  state.decided.set(seq, decided)
  executeNext(p)
}

const executeNext = (p: Pbft): void => {
  const { state } = p
  const next = state.decided.get(state.executed + 1)
  if (!next || state.executing !== undefined) return
  state.executing = next.batch.header.seq
  const checkpoint = next.batch.header.seq % p.config.checkpointInterval === 0
  const payload: DecidedBatch = { ...next, checkpoint }
  emit(p, { type: 'route', command: { name: 'ledger.execute', payload } })
}

const isFull = ({ config }: Pbft, { header, submissions }: Batch): boolean =>
  header.count >= config.batchEntriesMax / 2 ||
  submissions.reduce((sum, { frame }) => sum + frame.length, 0) >= config.batchBytesMax / 2

/** Votes on executed places are kept for as many places as the window has. */
const keepPast = ({ state, config }: Pbft, seq: number): void => {
  const slot = state.slots.get(seq)
  state.past.delete(seq - config.window)
  if (!slot) return
  const { prepares, commits, accepted } = slot
  state.past.set(seq, { prepares, commits, prePrepare: accepted?.prePrepare })
}

/** The ledger has executed a batch: everything about it can go, and the next one has its turn. */
export const onExecuted = (p: Pbft, { batch, stateDigest }: ExecutedBatch): void => {
  const { state } = p
  const { seq, base } = batch.header
  state.last = state.decided.get(seq)
  state.executed = seq
  state.executing = undefined
  state.failures = 0
  if (isFull(p, batch)) state.fullBatchAt = p.now
  state.decided.delete(seq)
  keepPast(p, seq)
  state.slots.delete(seq)
  const held = state.held.get(seq)
  if (held) state.wanted.delete(held.prePrepare.body.digest)
  state.held.delete(seq)
  const done = [...state.contents.values()]
    .filter(({ header }) => header.seq <= seq)
    .map(({ digest }) => digest)
  for (const digest of done) state.contents.delete(digest)
  dropExecuted(p, done)
  let sequence = base + 1
  for (const submission of batch.submissions) {
    emit(p, ...p.pool.executed(submission, sequence))
    sequence += submission.entries.length
  }
  p.pool.retryFresh()
  if (stateDigest !== undefined) onCheckpointDue(p, batch, stateDigest)
  executeNext(p)
}
