import { encodeHeader, isVoter } from '@quorate/core'
import { askFor } from './catch-up.ts'
import { isCommitCertificate, readHeader, readPrepared } from './certificates.ts'
import {
  charge,
  emit,
  selfVotes,
  toVoters,
  voters,
  type Message,
  type Pbft,
  type Prepared,
  type ViewChange
} from './context.ts'
import { leaveView } from './leave-view.ts'
import { KIND, viewChangeShape, type ViewChangeBody } from './messages.ts'
import { saveMeta, saveView } from './records.ts'
import { ofEpoch } from './votes.ts'

type ViewChangeMessage = Pick<Message<ViewChangeBody>, 'author' | 'body' | 'frame'>

export const onViewChange = (p: Pbft, message: Message<ViewChangeBody>): void => {
  const { view } = message.body
  if (!ofEpoch(message.body, voters(p))) return
  if (view < p.state.view || (view === p.state.view && p.state.active)) return
  if (!keepViewChange(p, message)) charge(p, message.author, 'view-change-invalid')
}

/** Validates a VIEW-CHANGE and keeps it, the latest of each voter. One bad part refuses the whole message. */
export const keepViewChange = (p: Pbft, message: ViewChangeMessage): boolean => {
  const known = p.state.viewChanges.get(message.author)
  if (known && known.view >= message.body.view) return true
  const change = readViewChange(p, message)
  if (!change) return false
  p.state.viewChanges.set(message.author, change)
  if (change.base.seq > p.state.executed) askFor(p, change.base.seq, message.author)
  noteQuorum(p)
  return true
}

/** An own VIEW-CHANGE of an earlier run counts again. */
export const restoreViewChange = (p: Pbft): void => {
  const frame = p.state.ownViewChange
  const opened = frame && p.signing.open(frame)
  const body = opened?.ok ? viewChangeShape.decode(opened.envelope.body) : undefined
  if (frame && opened?.ok && body) keepViewChange(p, { author: p.signing.self, body, frame })
}

/**
 * Everything in it is checked: the base's certificate, and for every prepared one its view (below the new one), its primary,
 * its signers, its place above the base. Source: docs/protocol/consensus.md, "view change".
 */
export const readViewChange = (p: Pbft, message: ViewChangeMessage): ViewChange | undefined => {
  const { author, body, frame } = message
  const set = voters(p)
  if (!ofEpoch(body, set) || !isVoter(set, author)) return undefined
  const base = readBase(p, body)
  if (!base) return undefined
  const prepared: Prepared[] = []
  let last = base.seq
  for (const item of body.prepared) {
    const certificate = readPrepared(p, item)
    const seq = certificate?.header.seq ?? 0
    if (!certificate || certificate.view >= body.view || seq <= last || seq > base.seq + 2 * p.config.window)
      return undefined
    prepared.push(certificate)
    last = seq
  }
  return { author, view: body.view, frame, base, prepared }
}

const readBase = (p: Pbft, { base }: ViewChangeBody): ViewChange['base'] | undefined => {
  if (base === null) return { seq: 0, digest: '' }
  const named = readHeader(base.header)
  if (!named) return undefined
  const about = { seq: named.header.seq, digest: named.digest }
  return isCommitCertificate(p, base.certificate, about) ? about : undefined
}

/** f+1 voters in higher views cannot all be liars: joins the smallest such view. Source: section 4.5.2 of the paper. */
export const joinViewChange = (p: Pbft): void => {
  const higher = [...p.state.viewChanges.values()].map(({ view }) => view).filter(view => view > p.state.view)
  if (higher.length > voters(p).faultTolerance) startViewChange(p, Math.min(...higher), 'joined')
}

/**
 * Starts the NEW-VIEW timer at a quorum of voters that ask for this view or a later one. Who has given this view up already
 * repeats its VIEW-CHANGE for it no more: if that was lost, a quorum for exactly this view may never be had here.
 */
const noteQuorum = (p: Pbft): void => {
  const { state } = p
  if (state.active || state.quorumAt !== undefined) return
  const asking = [...state.viewChanges.values()].filter(({ view }) => view >= state.view)
  if (asking.length >= voters(p).quorum) state.quorumAt = p.now
}

/** The VIEW-CHANGEs for the view that is being entered. */
export const changesFor = (p: Pbft, view: number): ViewChange[] =>
  [...p.state.viewChanges.values()].filter(change => change.view === view)

/**
 * Leaves the view and asks for a later one. From here on nothing is voted in an earlier view; checkpoints and decided
 * certificates are still taken. Source: Castro and Liskov 1999, section 4.4.
 */
export const startViewChange = (p: Pbft, view: number, reason: string): void => {
  const { state } = p
  if (view <= state.view || !selfVotes(p)) return
  state.failures += 1
  leaveView(p, view)
  const body = viewChangeBody(p, view)
  const envelope = p.signing.sign(KIND.viewChange, viewChangeShape.encode(body))
  state.ownViewChange = envelope.frame
  saveMeta(p, 'view-change', envelope.frame)
  saveView(p)
  toVoters(p, envelope.frame)
  emit(p, { type: 'notify', event: { type: 'view-change', durable: false, data: { view, reason } } })
  keepViewChange(p, { ...envelope, body })
}

/** The last decided batch with its proof, and the prepared certificates above it (the sets C and P). */
const viewChangeBody = (p: Pbft, view: number): ViewChangeBody => {
  const { state } = p
  const { epoch, digest: voterSet } = voters(p)
  const { last } = state
  const prepared = [...state.slots]
    .filter(([seq, slot]) => seq > state.executed && slot.prepared)
    .toSorted(([a], [b]) => a - b)
    .map(([, { prepared: found }]) => {
      const { header, prePrepare, prepares } = found as NonNullable<typeof found>
      return { header: encodeHeader(header), prePrepare, prepares }
    })
  return {
    epoch,
    voterSet,
    view,
    base: last ? { header: encodeHeader(last.batch.header), certificate: last.certificate } : null,
    prepared
  }
}
