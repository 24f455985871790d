import { LIMITS } from '@quorate/core'

/**
 * Every bound of the adapter, in one place. Names end with their unit; a test or an operator overrides single values.
 * Bounds: all positive; `gossipFrameBytesMax <= frameBytesMax < queueBytesMax`.
 * Source: docs/protocol/wire.md, "limits"; the rest was measured or is argued beside the value.
 */
export interface NetworkLimits {
  /** Largest frame on a direct stream. */
  readonly frameBytesMax: number
  /** Largest frame on gossip. */
  readonly gossipFrameBytesMax: number
  /** What may wait for one peer; past it the oldest frames are dropped. */
  readonly queueBytesMax: number
  /** Queued frames are written together up to this size: one encryption and one write for many small frames. */
  readonly chunkBytes: number
  /** How many frames the duplicate filter remembers. */
  readonly seenEntriesMax: number
  /** A frame that comes again after this long was sent again on purpose. */
  readonly repeatAfterMs: number
  /** How often a frame that gossip cannot carry is handed on by streams. At most 3 (two bits on the wire). */
  readonly relayHops: number
  /** Connections in all, and of one member (more than one only while duplicates are sorted out). */
  readonly connectionsMax: number
  readonly connectionsPerPeerMax: number
  /**
   * Inbound connections that have not finished their handshake; how many one host may open a second; how long each may
   * take. The first is more than the product of the others, so that no single host can fill it.
   */
  readonly pendingInboundMax: number
  readonly inboundPerHostPerSecondMax: number
  readonly upgradeTimeoutMs: number
  readonly dialTimeoutMs: number
  /** Dials under way at once: enough to hide latency, few enough not to starve each other on a small machine. */
  readonly dialsMax: number
  readonly redialMinMs: number
  readonly redialMaxMs: number
  /** A connection or a stream that lasted this long was good: the back-off starts over. */
  readonly stableAfterMs: number
  /** Connections opened closer together than this were dialled at the same time from both ends. */
  readonly simultaneousMs: number
  /** How long duplicates stay open, so that both ends can move their streams first. */
  readonly duplicateGraceMs: number
  readonly streamOpenTimeoutMs: number
  readonly streamReopenMinMs: number
  readonly streamReopenMaxMs: number
  /** A stream that takes nothing for this long though frames wait is reset. */
  readonly streamStallMs: number
  readonly pingIntervalMs: number
  /** Least time that a ping may take before its connection counts as dead. */
  readonly pingTimeoutMs: number
  /** How long after connecting a peer is asked for its latency and addresses. */
  readonly acquaintAfterMs: number
  /** How often gossip's streams and subscriptions are checked. */
  readonly gossipWatchMs: number
  readonly gossipHeartbeatMs: number
  /** At this score a peer is disconnected and refused for `banMs`. Negative. */
  readonly scoreMin: number
  readonly scoreHalfLifeMs: number
  readonly banMs: number
  readonly addressesPerPeerMax: number
  readonly stopTimeoutMs: number
}

export const DEFAULT_LIMITS: NetworkLimits = {
  frameBytesMax: LIMITS.frameBytesMax,
  gossipFrameBytesMax: LIMITS.gossipFrameBytesMax,
  queueBytesMax: 16 * 1024 * 1024,
  chunkBytes: 64 * 1024,
  seenEntriesMax: 16_384,
  repeatAfterMs: 2_000,
  relayHops: 3,
  connectionsMax: 2 * LIMITS.membersMax,
  connectionsPerPeerMax: 4,
  pendingInboundMax: 512,
  inboundPerHostPerSecondMax: 50,
  upgradeTimeoutMs: 5_000,
  dialTimeoutMs: 10_000,
  dialsMax: 8,
  redialMinMs: 200,
  redialMaxMs: 5_000,
  stableAfterMs: 5_000,
  simultaneousMs: 3_000,
  duplicateGraceMs: 2_000,
  streamOpenTimeoutMs: 5_000,
  streamReopenMinMs: 50,
  streamReopenMaxMs: 5_000,
  streamStallMs: 20_000,
  pingIntervalMs: 10_000,
  pingTimeoutMs: 10_000,
  acquaintAfterMs: 1_000,
  gossipWatchMs: 1_000,
  gossipHeartbeatMs: 1_000,
  scoreMin: -100,
  scoreHalfLifeMs: 30_000,
  banMs: 30_000,
  addressesPerPeerMax: 16,
  stopTimeoutMs: 1_500
}
