/** Bounds that every peer enforces on agents and auctions (docs/protocol/auction.md). */
export const AUCTION_LIMITS = {
  agentsMax: 1024,
  agentsPerPeerMax: 128,
  capabilitiesMax: 32,
  resourcesMax: 16,
  criteriaMax: 16,
  /** Bytes of a capability, resource, criterion, task class or strategy name. */
  labelBytesMax: 64,
  taskBytesMax: 8 * 1024,
  noteBytesMax: 1024,
  /** A raw weight; only the ratio of weights counts. */
  weightMax: 1_000_000_000_000,
  nonceBytes: 16,
  saltBytes: 32
} as const

/** 1 in parts per million, as a number; `PPM` of core is the same as a bigint. */
export const PPM_NUMBER = 1_000_000
