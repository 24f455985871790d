import { compareText } from '@quorate/core'
import { assessRisks, riskContextOf } from '../risk/assess.ts'
import type { AuctionSpec, Outcome } from '../wire/auction-entries.ts'
import { beaconOf } from '../wire/hashes.ts'
import { findPayment, findScoring, type Catalogue } from './catalogue.ts'
import type { ScoredBid, ScoringContext } from './criterion.ts'
import type { Evaluation, EvaluationInput, Exclusion } from './evaluation.ts'
import { rankBids } from './rank.ts'
import { scoredBid } from './scored-bid.ts'
import { normaliseWeights } from './weights.ts'

/**
 * Computes the result of an auction from agreed inputs: the same on every peer, whatever order the bids came
 * in.
 *
 * Bounds: at most `bidsMax` bids. Errors: none; an auction that cannot be awarded says why in `outcome`.
 * Source: docs/protocol/auction.md, rules A13 and A16 to A26.
 */
export const evaluate = (input: EvaluationInput, catalogue: Catalogue): Evaluation => {
  const ordered = input.bids.toSorted((a, b) => compareText(a.agent, b.agent))
  const beacon = beaconOf(
    input.auction,
    input.parent,
    ordered.map(({ salt }) => salt)
  )
  const scored = ordered.map(scoredBid)
  const admitted = scored.filter(bid => bid.cost <= BigInt(input.spec.reserve))
  const context = contextOf(input.spec, admitted)
  const weights = normaliseWeights(input.spec.weights)
  const criteria = findScoring(catalogue, input.spec.scoring)?.criteria ?? new Map()
  const ranked = rankBids({ bids: admitted, weights, criteria, context, beacon })
  const outcome = outcomeOf(input, admitted.length)
  return {
    auction: input.auction,
    outcome,
    winner: outcome === 'awarded' ? (ranked[0]?.bid.agent ?? null) : null,
    payment: outcome === 'awarded' ? paymentOf(input.spec, { ranked, context, weights }, catalogue) : null,
    beacon,
    weights,
    ranked,
    excluded: exclusionsOf(input, scored),
    risks: assessRisks(admitted, catalogue.risks, riskContextOf(admitted)),
    context
  }
}

const contextOf = (spec: AuctionSpec, bids: readonly ScoredBid[]): ScoringContext => ({
  work: BigInt(spec.work),
  reserve: BigInt(spec.reserve),
  floor: BigInt(spec.floor),
  targetMs: BigInt(spec.targetMs),
  costs: bids.map(bid => bid.cost)
})

/** Rule A13: the first that holds. */
const outcomeOf = (input: EvaluationInput, admitted: number): Outcome => {
  if (admitted > 0) return admitted >= input.spec.minBids ? 'awarded' : 'too-few-bids'
  if (input.eligible === 0) return input.barred > 0 ? 'initiator-barred' : 'no-eligible-agent'
  if (input.bids.length > 0) return 'all-above-reserve'
  return input.unrevealed.length > 0 ? 'none-revealed' : 'no-bids'
}

const paymentOf = (
  spec: AuctionSpec,
  scored: Pick<Evaluation, 'ranked' | 'context' | 'weights'>,
  catalogue: Catalogue
): bigint | null => {
  const { ranked, context, weights } = scored
  const costWeightPpm = weights.find(({ id }) => id === 'cost')?.ppm ?? 0n
  return findPayment(catalogue, spec.payment)?.pay({ ranked, context, costWeightPpm }) ?? null
}

const exclusionsOf = (input: EvaluationInput, scored: readonly ScoredBid[]): readonly Exclusion[] =>
  [
    ...scored
      .filter(bid => bid.cost > BigInt(input.spec.reserve))
      .map(({ agent }) => ({ agent, code: 'above-reserve' as const })),
    ...input.unrevealed.map(agent => ({ agent, code: 'unrevealed' as const }))
  ].toSorted((a, b) => compareText(a.agent, b.agent))
