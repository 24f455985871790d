import type { Digest, PeerId } from '@quorate/contracts'
import { askFor, askForContents } from './catch-up.ts'
import {
  charge,
  emit,
  isPrimary,
  primaryOf,
  sendTo,
  slotAt,
  toVoters,
  voters,
  type Message,
  type Pbft,
  type Prepared,
  type ViewChange,
  type VoteEnvelope
} from './context.ts'
import { KIND, newViewShape, viewChangeShape, type NewViewBody } from './messages.ts'
import { acceptHeld, hold } from './normal-case.ts'
import { saveMeta, saveView } from './records.ts'
import { leaveView } from './leave-view.ts'
import { changesFor, readViewChange } from './view-change.ts'
import { openVote, ofEpoch, signVote } from './votes.ts'

/** The set O as a function of the VIEW-CHANGEs: what has to be proposed again, from the highest decided batch on. */
export interface Plan {
  readonly base: ViewChange['base']
  /** Digests for base.seq + 1, base.seq + 2, ... */
  readonly digests: readonly Digest[]
}

/**
 * For every sequence number above the highest proven decision: the batch prepared in the highest view, as long as the
 * chain of parents holds. Above the first gap nothing can be decided, because COMMITs are sent in order; those
 * submissions return to the pool. Source: Castro and Liskov 1999, section 4.4; docs/protocol/consensus.md, "new view".
 */
export const planNewView = (changes: readonly ViewChange[], genesis: Digest): Plan => {
  const base = changes.map(change => change.base).reduce((a, b) => (b.seq > a.seq ? b : a))
  const digests: Digest[] = []
  let parent = base.seq === 0 ? genesis : base.digest
  for (let seq = base.seq + 1; ; seq++) {
    const best = highestPrepared(changes, seq)
    if (best?.header.parent !== parent) return { base, digests }
    digests.push(best.digest)
    parent = best.digest
  }
}

const highestPrepared = (changes: readonly ViewChange[], seq: number): Prepared | undefined =>
  changes
    .flatMap(change => change.prepared.filter(({ header }) => header.seq === seq))
    .reduce<Prepared | undefined>((best, next) => (best && best.view >= next.view ? best : next), undefined)

/**
 * A quorum of the VIEW-CHANGEs, first of all those whose base is executed and of whose batches the content is here. Who alone
 * holds a batch and keeps it back must not hold up the view: there is a quorum without it.
 */
const chooseChanges = (p: Pbft, changes: readonly ViewChange[]): readonly ViewChange[] => {
  const { contents, executed } = p.state
  const isComplete = ({ base, prepared }: ViewChange): boolean =>
    base.seq <= executed &&
    prepared.every(({ header, digest }) => header.seq <= executed || contents.has(digest))
  const complete = changes.filter(isComplete)
  const others = changes.filter(change => !complete.includes(change))
  return [...complete, ...others].slice(0, voters(p).quorum)
}

/** Asks, once, for those batches of the plan that are not here. False when there are none. */
const lacksContents = (p: Pbft, { base, digests }: Plan): boolean => {
  const { state } = p
  const missing = digests.filter(
    (digest, i) => base.seq + 1 + i > state.executed && !state.contents.has(digest)
  )
  const isNew = missing.some(digest => !state.wanted.has(digest))
  state.wanted = new Set(missing)
  if (isNew) askForContents(p)
  return missing.length > 0
}

/**
 * The primary of the new view announces it as soon as it holds a quorum of VIEW-CHANGEs, its own among them, and every batch
 * that they call for.
 */
export const proposeNewView = (p: Pbft): void => {
  const { state } = p
  if (state.active || !isPrimary(p)) return
  const changes = changesFor(p, state.view)
  const { quorum, epoch, digest: voterSet } = voters(p)
  if (changes.length < quorum || !changes.some(({ author }) => author === p.signing.self)) return
  const chosen = chooseChanges(p, changes)
  const plan = planNewView(chosen, p.groupId)
  if (plan.base.seq > state.executed) return askFor(p, plan.base.seq, undefined)
  if (lacksContents(p, plan)) return
  const { view } = state
  const prePrepares = plan.digests.map((digest, i) =>
    signVote(p, KIND.prePrepare, { view, seq: plan.base.seq + 1 + i, digest })
  )
  const body: NewViewBody = {
    epoch,
    voterSet,
    view,
    viewChanges: chosen.map(({ frame }) => frame),
    prePrepares: prePrepares.map(({ frame }) => frame)
  }
  const envelope = p.signing.sign(KIND.newView, newViewShape.encode(body))
  toVoters(p, envelope.frame)
  enterView(p, { view, frame: envelope.frame, prePrepares })
}

export const onNewView = (p: Pbft, message: Message<NewViewBody>): void => {
  const { state } = p
  const { view } = message.body
  if (view < state.view || (view === state.view && state.active)) return
  const set = voters(p)
  if (!ofEpoch(message.body, set)) return
  if (message.author !== primaryOf(set, view)) return charge(p, message.author, 'new-view-not-primary')
  const changes = readChanges(p, message.body)
  const plan = changes && planNewView(changes, p.groupId)
  const prePrepares = plan && readPrePrepares(p, message.body, plan)
  if (!prePrepares) return charge(p, message.author, 'new-view-invalid')
  const { base } = plan
  if (base.seq > state.executed) {
    state.pendingNewView = { message, base: base.seq }
    return askFor(p, base.seq, message.author)
  }
  if (view > state.view) leaveView(p, view)
  enterView(p, { view, frame: message.frame, prePrepares })
}

/** A pending NEW-VIEW is looked at again as soon as the batch that it builds on is executed. */
export const retryNewView = (p: Pbft): void => {
  const { pendingNewView, executed } = p.state
  if (!pendingNewView || executed < pendingNewView.base) return
  p.state.pendingNewView = undefined
  onNewView(p, pendingNewView.message)
}

/** Exactly q valid VIEW-CHANGEs of distinct voters for this view. */
const readChanges = (p: Pbft, body: NewViewBody): ViewChange[] | undefined => {
  const changes = new Map<PeerId, ViewChange>()
  for (const frame of body.viewChanges) {
    const opened = p.signing.open(frame)
    const content = opened.ok && opened.envelope.kind === KIND.viewChange ? opened.envelope : undefined
    const decoded = content && viewChangeShape.decode(content.body)
    const change = decoded && readViewChange(p, { author: content.author, body: decoded, frame })
    if (!change || change.view !== body.view || changes.has(change.author)) return undefined
    changes.set(change.author, change)
  }
  return changes.size === voters(p).quorum ? [...changes.values()] : undefined
}

/** Backups recompute O; the primary's must be the same. */
const readPrePrepares = (p: Pbft, body: NewViewBody, plan: Plan): VoteEnvelope[] | undefined => {
  if (body.prePrepares.length !== plan.digests.length) return undefined
  const primary = primaryOf(voters(p), body.view)
  const votes: VoteEnvelope[] = []
  for (const [i, frame] of body.prePrepares.entries()) {
    const vote = openVote(p, frame, KIND.prePrepare)
    const fits =
      vote?.author === primary &&
      vote.body.view === body.view &&
      vote.body.seq === plan.base.seq + 1 + i &&
      vote.body.digest === plan.digests[i]
    if (!vote || !fits || !ofEpoch(vote.body, voters(p))) return undefined
    votes.push(vote)
  }
  return votes
}

interface Entry {
  readonly view: number
  readonly frame: Uint8Array
  readonly prePrepares: readonly VoteEnvelope[]
}

/** Enters the view: the three phases run again for O, in the new view. */
const enterView = (p: Pbft, { view, frame, prePrepares }: Entry): void => {
  const { state } = p
  state.view = view
  state.active = true
  state.viewEnteredAt = p.now
  state.newView = frame
  state.pendingNewView = undefined
  saveMeta(p, 'new-view', frame)
  saveView(p)
  const primary = primaryOf(voters(p), view)
  emit(p, { type: 'notify', event: { type: 'view', durable: true, data: { view, primary } } })
  holdAll(p, prePrepares)
  askForContents(p)
  acceptHeld(p)
  sendPendingToPrimary(p, primary)
}

/** The places that NEW-VIEW names take nothing else, also while their batches are not here. */
const holdAll = (p: Pbft, prePrepares: readonly VoteEnvelope[]): void => {
  const { state } = p
  for (const prePrepare of prePrepares) {
    const { seq, digest } = prePrepare.body
    if (seq <= state.executed || slotAt(p, seq).accepted) continue
    hold(p, { prePrepare, fresh: false })
    if (!state.contents.has(digest)) state.wanted.add(digest)
  }
}

/** After a restart the NEW-VIEW of the view still says what has to be accepted first. */
export const restoreNewView = (p: Pbft): void => {
  const { newView, view, active } = p.state
  const opened = newView && p.signing.open(newView)
  const body = opened?.ok ? newViewShape.decode(opened.envelope.body) : undefined
  if (!active || body?.view !== view) return
  holdAll(
    p,
    body.prePrepares.flatMap(frame => openVote(p, frame, KIND.prePrepare) ?? [])
  )
  acceptHeld(p)
}

/** The new primary may not know what waits here. */
const sendPendingToPrimary = (p: Pbft, primary: PeerId): void => {
  if (primary === p.signing.self) return
  for (const { submission } of p.pool.own().slice(0, 256)) sendTo(p, primary, submission.frame)
}
