import type { Pbft, PbftState } from './context.ts'
import { dropSaid } from './records.ts'

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
