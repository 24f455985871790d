/** Sizes and counts that every peer enforces (docs/protocol/wire.md, "limits"). Bytes unless named otherwise. */
export const LIMITS = {
  /** Largest frame on a direct stream. */
  frameBytesMax: 2 * 1024 * 1024,
  /** Largest frame on gossip. */
  gossipFrameBytesMax: 48 * 1024,
  statementBytesMax: 8 * 1024,
  dataBytesMax: 1024 * 1024,
  /** With 16 of them and its reason, a ballot still is a small frame. */
  optionBytesMax: 128,
  optionsMax: 16,
  reasonBytesMax: 1024,
  /** Body of one ledger entry: the largest proposal and a quorum of the largest ballots fit. */
  entryBytesMax: 1792 * 1024,
  entriesPerSubmissionMax: 1024,
  /** A submission leaves room for the message that proposes it. */
  submissionFrameBytesMax: 2 * 1024 * 1024 - 16 * 1024,
  submissionsPerBatchMax: 1024,
  /** Counters of an author that are told apart, counted back from the newest that was executed. */
  submissionWindow: 1024,
  kindBytesMax: 64,
  nameBytesMax: 64,
  peerIdBytesMax: 64,
  votersMax: 256,
  membersMax: 1024,
  /** A small signed message: a vote, a ballot. */
  smallFrameBytesMax: 4 * 1024,
  /** A proposal may be open at most this long. */
  proposalOpenMsMax: 7 * 24 * 3600 * 1000,
  /** How far an agreed time may be from a voter's own clock. */
  clockSkewMsMax: 2 * 60 * 1000
} as const
