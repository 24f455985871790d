import type { PeerId } from '@quorate/contracts'
import { isVoter } from '@quorate/core'
import { askFor } from './catch-up.ts'
import { isCommitCertificate, readHeader, readPrepared } from './certificates.ts'
import { charge, voters, type Message, type Pbft, type Prepared, type ViewChange } from './context.ts'
import { viewChangeShape, type ViewChangeBody } from './messages.ts'
import { proposeNewView } from './new-view.ts'
import { startViewChange } from './suspicion.ts'
import { ofEpoch } from './votes.ts'

type ViewChangeMessage = Pick<Message<ViewChangeBody>, 'author' | 'body' | 'frame'>

export const onViewChange = (p: Pbft, message: Message<ViewChangeBody>, from: PeerId): void => {
  const { view } = message.body
  if (view < p.state.view || (view === p.state.view && p.state.active)) return
  if (!noteViewChange(p, message)) return charge(p, from, 'view-change-invalid')
  joinViewChange(p)
}

/** Validates a VIEW-CHANGE and keeps it, the latest of each voter. One bad part refuses the whole message. */
export const noteViewChange = (p: Pbft, message: ViewChangeMessage): boolean => {
  const known = p.state.viewChanges.get(message.author)
  if (known && known.view >= message.body.view) return true
  const change = readViewChange(p, message)
  if (!change) return false
  p.state.viewChanges.set(message.author, change)
  if (change.base.seq > p.state.executed) askFor(p, change.base.seq, message.author)
  noteQuorum(p)
  proposeNewView(p)
  return true
}

/** An own VIEW-CHANGE of an earlier run counts again. */
export const restoreViewChange = (p: Pbft): void => {
  const frame = p.state.ownViewChange
  const opened = frame && p.signing.open(frame)
  const body = opened?.ok ? viewChangeShape.decode(opened.envelope.body) : undefined
  if (frame && opened?.ok && body) noteViewChange(p, { author: p.signing.self, body, frame })
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
const joinViewChange = (p: Pbft): void => {
  const higher = [...p.state.viewChanges.values()].map(({ view }) => view).filter(view => view > p.state.view)
  if (higher.length > voters(p).faultTolerance) startViewChange(p, Math.min(...higher), 'joined')
}

const noteQuorum = (p: Pbft): void => {
  const { state } = p
  if (state.active || state.quorumAt !== undefined) return
  if (changesFor(p, state.view).length >= voters(p).quorum) state.quorumAt = p.now
}

/** The VIEW-CHANGEs for the view that is being entered. */
export const changesFor = (p: Pbft, view: number): ViewChange[] =>
  [...p.state.viewChanges.values()].filter(change => change.view === view)
