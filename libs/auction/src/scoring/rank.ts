import type { Digest } from '@quorate/contracts'
import { PPM, clamp, compareText } from '@quorate/core'
import { tieOf } from '../wire/hashes.ts'
import type { Criterion, ScoredBid, ScoringContext } from './criterion.ts'
import type { Weight } from './weights.ts'

export interface CriterionScore {
  readonly id: string
  readonly weightPpm: bigint
  readonly scorePpm: bigint
}

/**
 * A bid with its place. `total` is the exact sum of weight * score, in ppm squared: 1e12 is a perfect bid.
 */
export interface RankedBid {
  readonly bid: ScoredBid
  readonly total: bigint
  readonly criteria: readonly CriterionScore[]
  readonly tie: Digest
}

export interface RankInput {
  readonly bids: readonly ScoredBid[]
  readonly weights: readonly Weight[]
  readonly criteria: ReadonlyMap<string, Criterion>
  readonly context: ScoringContext
  readonly beacon: Digest
}

/**
 * Scores every bid and puts the best first; equal totals by the beacon. Independent of arrival order. Rules
 * A16, A24.
 */
export const rankBids = (input: RankInput): readonly RankedBid[] =>
  input.bids
    .map(bid => scoreBid(bid, input))
    .toSorted((a, b) => (a.total === b.total ? compareText(a.tie, b.tie) : a.total > b.total ? -1 : 1))

const scoreBid = (bid: ScoredBid, input: RankInput): RankedBid => {
  const criteria = input.weights.map(({ id, ppm }) => ({
    id,
    weightPpm: ppm,
    scorePpm: clamp(input.criteria.get(id)?.score(bid, input.context) ?? 0n, 0n, PPM)
  }))
  const total = criteria.reduce((sum, { weightPpm, scorePpm }) => sum + weightPpm * scorePpm, 0n)
  return { bid, total, criteria, tie: tieOf(input.beacon, bid.bidId) }
}
