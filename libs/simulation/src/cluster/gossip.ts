import type { PeerId } from '@quorate/contracts'
import type { VirtualNetwork } from '../world/network.ts'

/** Passes on what a peer has accepted, once, to all others: what one peer is told, everybody hears. */
export interface Gossip {
  /** The frame was broadcast: it may be relayed. What was sent to one peer alone stays between the two. */
  readonly begin: (frame: Uint8Array) => void
  readonly relay: (frame: Uint8Array, by: PeerId, from: PeerId) => void
}

export const createGossip = (network: VirtualNetwork, peers: readonly PeerId[]): Gossip => {
  const broadcast = new WeakSet<Uint8Array>()
  const relayed = new Map<PeerId, WeakSet<Uint8Array>>(peers.map(peer => [peer, new WeakSet()]))
  return {
    begin: frame => void broadcast.add(frame),
    relay: (frame, by, from) => {
      const seen = relayed.get(by)
      if (!seen || seen.has(frame) || !broadcast.has(frame)) return
      seen.add(frame)
      for (const peer of peers) if (peer !== by && peer !== from) network.send(by, peer, frame)
    }
  }
}

/** Without gossip everybody hears only what it is sent itself: harder on the protocol, and cheaper. */
export const NO_GOSSIP: Gossip = { begin: () => undefined, relay: () => undefined }
