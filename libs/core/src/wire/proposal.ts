import { LIMITS } from '../limits.ts'
import { byteString, digest, list, nullable, oneOf, struct, text, uint, type ShapeType } from '../shape.ts'

/** docs/protocol/wire.md, rules W70 and W71. The proposal's id is the digest of its envelope. */
export const PROPOSAL_KIND = 'proposal'

export const proposalShape = struct({
  statement: text(LIMITS.statementBytesMax, 1),
  /** JSON text, as the proposer gave it. */
  data: nullable(text(LIMITS.dataBytesMax)),
  options: list(text(LIMITS.optionBytesMax, 1), LIMITS.optionsMax),
  tally: nullable(oneOf('approval', 'ranked', 'weighted')),
  createdAt: uint(),
  deadline: uint(),
  nonce: byteString(16, 16)
})

export type Proposal = ShapeType<typeof proposalShape>

/** docs/protocol/wire.md, rule W72. One immutable ballot per voter and proposal. */
export const BALLOT_KIND = 'ballot'

export const ballotShape = struct({
  proposal: digest(),
  epoch: uint(),
  voterSet: digest(),
  verdict: oneOf('accept', 'reject', 'abstain'),
  confidencePpm: uint(1_000_000),
  reason: text(LIMITS.reasonBytesMax),
  options: list(text(LIMITS.optionBytesMax, 1), LIMITS.optionsMax)
})

export type Ballot = ShapeType<typeof ballotShape>

/** A decision on the ledger: the proposal, the outcome, and the ballots that prove it, as frames. */
export const DECISION_KIND = 'decision'

export const decisionShape = struct({
  proposal: byteString(LIMITS.frameBytesMax),
  outcome: oneOf('accepted', 'rejected'),
  ballots: list(byteString(LIMITS.smallFrameBytesMax), LIMITS.votersMax, 1)
})

export type Decision = ShapeType<typeof decisionShape>

/** An order-only proposal: ordered as it is, without ballots. */
export const RECORD_KIND = 'record'

export const recordShape = struct({
  statement: text(LIMITS.statementBytesMax, 1),
  data: nullable(text(LIMITS.dataBytesMax))
})

export type RecordEntry = ShapeType<typeof recordShape>

/** Two validly signed conflicting messages, as frames. */
export const EVIDENCE_KIND = 'evidence'

export const evidenceShape = struct({
  first: byteString(LIMITS.frameBytesMax),
  second: byteString(LIMITS.frameBytesMax)
})
