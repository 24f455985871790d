import type { AgentAddress, Digest } from '@quorate/contracts'

/**
 * A bid as criteria see it. Quality and throughput are what counts, not what was claimed: the smaller of the
 * claim and the registration (rule A18).
 * Units: cost micro, quality ppm, throughput micro-units of work per second, alpha and beta ppm of an
 * observation.
 */
export interface ScoredBid {
  readonly agent: AgentAddress
  readonly bidId: Digest
  readonly cost: bigint
  readonly quality: bigint
  readonly throughput: bigint
  /** Beta reputation at the announcement, prior included. */
  readonly alpha: bigint
  readonly beta: bigint
  /**
   * Least distance between a required and a registered capability level, in ppm; PPM when none is required.
   */
  readonly marginPpm: bigint
  /** Share of the scarcest resource that is taken with this task on top, in ppm; may exceed PPM. */
  readonly utilisationPpm: bigint
}

/**
 * What is the same for all bids of an auction. `costs` is for comparison-only forms that look at received
 * bids.
 */
export interface ScoringContext {
  readonly work: bigint
  readonly reserve: bigint
  readonly floor: bigint
  readonly targetMs: bigint
  readonly costs: readonly bigint[]
}

/**
 * One way to judge a bid. Pure; the same on every CPU and Node version. `score` gives ppm in 0 .. 1_000_000,
 * higher is better; `explain` says in one line how it came about, for people.
 */
export interface Criterion {
  readonly id: string
  readonly version: number
  score(bid: ScoredBid, context: ScoringContext): bigint
  explain(bid: ScoredBid, context: ScoringContext): string
}
