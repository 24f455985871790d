import type { Pbft } from './context.ts'
import { dropContents, dropSaid } from './records.ts'

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
  keepPreparedContents(p)
  p.pool.clearInFlight()
  p.application.forget()
  dropSaid(p)
}

const keepPreparedContents = (p: Pbft): void => {
  const { contents, slots } = p.state
  const needed = new Set([...slots.values()].map(slot => slot.prepared?.digest))
  const dropped = [...contents.keys()].filter(digest => !needed.has(digest))
  for (const digest of dropped) contents.delete(digest)
  dropContents(p, dropped)
}
