import type { RevealedBid } from './evaluation.ts'
import type { ScoredBid } from './criterion.ts'

const smaller = (claimed: number, declared: number | null): bigint =>
  BigInt(declared === null || claimed < declared ? claimed : declared)

/** The bid with what counts: claims of quality and throughput are capped by the registration. Rule A18. */
export const scoredBid = ({ agent, bidId, bid, candidate }: RevealedBid): ScoredBid => ({
  agent,
  bidId,
  cost: BigInt(bid.cost),
  quality: smaller(bid.quality, candidate.quality),
  throughput: smaller(bid.throughput, candidate.throughput),
  alpha: BigInt(candidate.alpha),
  beta: BigInt(candidate.beta),
  marginPpm: BigInt(candidate.marginPpm),
  utilisationPpm: BigInt(candidate.utilisationPpm)
})
