import type { PeerId, TimeMs } from './ids.ts'
import type { Reach } from './machine.ts'
import type { Verdict } from './verdict.ts'

/** Judges the bytes of a frame as they arrive; the network relays only what is accepted. Never throws. */
export type FrameHandler = (frame: Uint8Array, from: PeerId) => Verdict

export interface TransportEvents {
  onFrame: FrameHandler
  /** A member became reachable by a direct stream, or stopped being so. */
  onPeer(peer: PeerId, connected: boolean): void
}

export interface PeerStatus {
  readonly peerId: PeerId
  readonly connected: boolean
  readonly addresses: readonly string[]
  readonly latencyMs: number | null
  /** Local score: 0 is good, below is worse; frames refused are what lowers it. */
  readonly score: number
}

/**
 * The network as the driver sees it. `send` and `broadcast` never block and never throw: a frame that cannot be sent
 * is dropped (protocols repair), queues are bounded by bytes per peer.
 */
export interface Transport {
  start(events: TransportEvents): Promise<void>
  stop(): Promise<void>
  send(to: PeerId, frame: Uint8Array): void
  broadcast(frame: Uint8Array, reach: Reach): void
  /** Lowers the peer's score; a peer far below zero is disconnected for a while. */
  charge(peer: PeerId, code: string): void
  /** Who may connect, and who of them are voters. Connections of others are closed. */
  admit(members: readonly PeerId[], voters: readonly PeerId[]): void
  /** Adds addresses (multiaddr text with or without /p2p) to redial. */
  addAddresses(peer: PeerId, addresses: readonly string[]): void
  addresses(): readonly string[]
  peers(): readonly PeerStatus[]
}

/** Local time and timers. The simulator's is virtual. */
export interface Clock {
  now(): TimeMs
  /** Calls back once at or after `atMs`; returns a function that cancels. */
  at(atMs: TimeMs, callback: () => void): () => void
  /** Calls back as soon as the current work is done (the mailbox's drain). */
  soon(callback: () => void): void
}
