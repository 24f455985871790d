import type { Submission, TimeMs } from '@quorate/contracts'
import type { Pending } from '../pool/pending.ts'
import { emit, selfVotes, toVoters, type Pbft } from './context.ts'

/** Doubling stops here: 2^6 times the configured timeout. */
const DOUBLINGS_MAX = 6
/** A request waits this many view timeouts at the most while the primary orders full batches. */
const QUEUE_PATIENCE = 8
/** Own submissions sent to every voter per relay tick. */
const RELAY_MAX = 256

/** The view timeout, doubled for each view that failed in a row. */
const patience = (p: Pbft): number => p.config.viewTimeoutMs * 2 ** Math.min(p.state.failures, DOUBLINGS_MAX)

/**
 * When the primary will have had long enough: counted from the oldest request that waits, whatever else has happened
 * since, so that a slow primary cannot hide behind a trickle of messages. Undefined when nothing waits.
 * Source: docs/protocol/consensus.md, rule C70.
 */
const requestDue = (p: Pbft): TimeMs | undefined => {
  const { state } = p
  const slot = state.slots.get(state.executed + 1)?.accepted
  const oldest = p.pool.oldest()
  const due = [
    slot && Math.max(slot.at, state.viewEnteredAt) + patience(p),
    oldest && waitingDue(p, Math.max(oldest.since, state.viewEnteredAt))
  ].filter(time => time !== undefined)
  return due.length === 0 ? undefined : Math.min(...due)
}

/** Behind a queue, a request may wait as long as full batches are executed; but not for ever, or it could be censored. */
const waitingDue = (p: Pbft, since: TimeMs): TimeMs =>
  Math.min(Math.max(since, p.state.fullBatchAt) + patience(p), since + QUEUE_PATIENCE * patience(p))

/** The NEW-VIEW timer starts when a quorum has asked for the view. */
const newViewDue = (p: Pbft): TimeMs | undefined =>
  p.state.quorumAt === undefined ? undefined : p.state.quorumAt + patience(p)

/** (Re)arms the one timer that watches the primary; called after every step. */
export const armTimer = (p: Pbft): void => {
  const { state } = p
  const due = !selfVotes(p) ? undefined : state.active ? requestDue(p) : newViewDue(p)
  if (due === state.timerDue) return
  state.timerDue = due
  emit(
    p,
    due === undefined
      ? { type: 'cancel', timer: 'progress' }
      : { type: 'schedule', timer: 'progress', atMs: due }
  )
}

/** The time is up: asks for the next view, unless what waits has no claim to be ordered now. */
export const onProgressTimer = (p: Pbft): void => {
  const { state } = p
  state.timerDue = undefined
  // A timer that was on its way when the view changed has nothing to say about the new one.
  const due = state.active ? requestDue(p) : newViewDue(p)
  if (due === undefined || due > p.now) return
  if (!state.active) return suspect(p, 'new-view-timeout')
  const late = p.now - patience(p)
  const slot = state.slots.get(state.executed + 1)?.accepted
  if (slot && slot.at <= late) return suspect(p, 'batch-timeout')
  for (const { submission, since } of p.pool.snapshot()) {
    if (since > late) return
    const verdict = p.application.judge(submission, p.now)
    if (verdict.outcome === 'accept') return suspect(p, 'request-timeout')
    if (verdict.outcome === 'ignore') p.pool.defer(submission.digest, p.now)
    else dropPending(p, submission, verdict.code)
  }
}

const suspect = (p: Pbft, reason: string): void => {
  p.suspected = reason
}

const dropPending = (p: Pbft, submission: Submission, code: string): void =>
  emit(p, ...p.pool.refused(submission, code))

export const armRelay = (p: Pbft): void => {
  if (p.state.relayArmed) return
  p.state.relayArmed = true
  emit(p, { type: 'schedule', timer: 'relay', atMs: p.now + p.config.relayMs })
}

/** Own submissions that were not executed in time go to every voter, who then watches the primary for them. */
export const onRelayTimer = (p: Pbft): void => {
  p.state.relayArmed = false
  const late = p.pool.own().filter(({ lastSent }) => p.now - lastSent >= p.config.relayMs)
  for (const pending of late.slice(0, RELAY_MAX)) relay(p, pending)
  if (p.pool.own().length > 0) armRelay(p)
}

/** What can never be valid is dropped instead, and its submitter told. */
const relay = (p: Pbft, pending: Pending): void => {
  const { submission, stage } = pending
  const verdict = stage === 'in-flight' ? undefined : p.application.judge(submission, p.now)
  if (verdict?.outcome === 'reject') return dropPending(p, submission, verdict.code)
  pending.lastSent = p.now
  toVoters(p, submission.frame)
}
