import { emit, selfVotes, toVoters, voters, type Pbft, type PbftState } from './context.ts'
import { encodeHeader } from '@quorate/core'
import { KIND, viewChangeShape, type ViewChangeBody } from './messages.ts'
import { dropSaid, saveMeta, saveView } from './records.ts'
import { noteViewChange } from './view-change.ts'

/** No progress under this primary, or it broke the rules: asks for the next view. */
export const suspectPrimary = (p: Pbft, reason: string): void => startViewChange(p, p.state.view + 1, reason)

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
  noteViewChange(p, { ...envelope, body })
}

/** Drops what belonged to the old view alone; prepared certificates and their contents stay. */
export const leaveView = (p: Pbft, view: number): void => {
  const { state } = p
  state.view = view
  state.active = false
  state.viewEnteredAt = p.now
  state.pendingNewView = undefined
  state.quorumAt = undefined
  state.held.clear()
  state.wanted.clear()
  for (const slot of state.slots.values()) {
    slot.accepted = undefined
    slot.prepares = new Map()
    slot.commits = new Map()
    slot.commitSent = false
  }
  keepPreparedContents(state)
  p.pool.clearInFlight()
  p.application.forget()
  dropSaid(p)
}

const keepPreparedContents = (state: PbftState): void => {
  const needed = new Set([...state.slots.values()].map(slot => slot.prepared?.digest))
  for (const digest of state.contents.keys()) if (!needed.has(digest)) state.contents.delete(digest)
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
