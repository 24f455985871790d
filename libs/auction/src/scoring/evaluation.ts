import type { AgentAddress, Digest } from '@quorate/contracts'
import type { Candidate } from '../ledger/candidate.ts'
import type { RiskFactor } from '../risk/assess.ts'
import type { AuctionSpec, Bid, Outcome } from '../wire/auction-entries.ts'
import type { ScoringContext } from './criterion.ts'
import type { RankedBid } from './rank.ts'
import type { Weight } from './weights.ts'

export interface RevealedBid {
  readonly agent: AgentAddress
  readonly bidId: Digest
  readonly bid: Bid
  readonly salt: Uint8Array
  readonly candidate: Candidate
}

/**
 * The agreed inputs of an evaluation: all of it stands on the ledger before the first award is admissible.
 */
export interface EvaluationInput {
  readonly auction: Digest
  readonly spec: AuctionSpec
  /** Batch digest before the closing entry's batch. */
  readonly parent: Digest
  /** In any order. */
  readonly bids: readonly RevealedBid[]
  readonly unrevealed: readonly AgentAddress[]
  readonly eligible: number
  /** The initiator's own agents that would have been eligible. */
  readonly barred: number
}

export interface Exclusion {
  readonly agent: AgentAddress
  readonly code: 'above-reserve' | 'unrevealed'
}

export interface Evaluation {
  readonly auction: Digest
  readonly outcome: Outcome
  readonly winner: AgentAddress | null
  readonly payment: bigint | null
  readonly beacon: Digest
  readonly weights: readonly Weight[]
  readonly ranked: readonly RankedBid[]
  readonly excluded: readonly Exclusion[]
  readonly risks: readonly RiskFactor[]
  readonly context: ScoringContext
}
