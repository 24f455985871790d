import type { PeerId } from '@quorate/contracts'

/** How one broadcast travels. */
export interface BroadcastPlan {
  /** Who gets it on the direct stream. */
  readonly targets: readonly PeerId[]
  /** Does that reach everyone it is meant for? */
  readonly complete: boolean
  /** Is it gossiped as well? */
  readonly gossip: boolean
}

export interface BroadcastCase {
  readonly reach: readonly PeerId[]
  /** Has an open stream: what is sent now is written. */
  readonly isOpen: (peer: PeerId) => boolean
  /** Is connected; the stream may still be opening, and what is sent now waits for it. */
  readonly isLinked: (peer: PeerId) => boolean
  readonly toMembers: boolean
  /** Small enough for gossip. */
  readonly gossipable: boolean
}

/**
 * Streams reach whoever is directly connected. Gossip carries small frames further, and always those for all members.
 * Bounds: `targets` has at most as many entries as the reach.
 */
export const planBroadcast = (init: BroadcastCase): BroadcastPlan => {
  const complete = init.reach.every(init.isOpen)
  return {
    targets: init.reach.filter(init.isLinked),
    complete,
    gossip: init.gossipable && (init.toMembers || !complete)
  }
}
