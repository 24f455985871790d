import type { AuctionView, BidView, Digest, ScoreView, StateReader } from '@quorate/contracts'
import { fromMicro } from '@quorate/core'
import { AUCTION_MODULE, listLots, readAuctionState, reveals, type Auction } from '../ledger/auction-state.ts'
import { evaluateAuction } from '../ledger/evaluation-input.ts'
import { riskLevelOf } from '../risk/risk-model.ts'
import { STANDARD_RULES, type Rules } from '../rules.ts'
import { findScoring } from '../scoring/catalogue.ts'
import type { Evaluation } from '../scoring/evaluation.ts'
import type { RankedBid } from '../scoring/rank.ts'
import { createIndexedReader } from './indexed-reader.ts'
import { reasonOf } from './reasons.ts'
import { summaryOf } from './summary.ts'

/** A score with one line per criterion that says how it came about. */
export interface ExplainedScore extends ScoreView {
  readonly explanation: { readonly [criterion: string]: string }
}

/** The contract's view without the receipt, which only the ledger's history can make. */
export type AuctionRecord = Omit<AuctionView, 'receipt' | 'evaluationScores'> & {
  readonly evaluationScores: { readonly [agent: string]: ExplainedScore }
}

/**
 * An auction as people see it; floats exist only here. Undefined: never announced, or pruned (see
 * `replayAuction`).
 */
export const readAuction = (
  state: StateReader,
  id: Digest,
  rules: Rules = STANDARD_RULES
): AuctionRecord | undefined => {
  const auctions = state.module(AUCTION_MODULE)
  const auction = readAuctionState(auctions, id)
  return auction && viewOf(auctions, auction, rules)
}

/** The `limit` latest announced auctions that are in the state, the latest first. */
export const listAuctions = (
  state: StateReader,
  { rules = STANDARD_RULES, limit = 256 }: { readonly rules?: Rules; readonly limit?: number } = {}
): readonly AuctionRecord[] => {
  const auctions = createIndexedReader(state.module(AUCTION_MODULE))
  return listLots(auctions)
    .toSorted((a, b) => b.lot.sequence - a.lot.sequence)
    .slice(0, limit)
    .map(auction => viewOf(auctions, auction, rules))
}

const viewOf = (auctions: StateReader, auction: Auction, rules: Rules): AuctionRecord => {
  const { award, phase } = auction.progress
  const evaluation = award ? evaluateAuction(auctions, auction, rules) : undefined
  const [winner, payment] = [award?.winner ?? null, award?.payment ?? null]
  return {
    auctionId: auction.id,
    auctionSuccessful: phase === 'awarded',
    winningAgent: winner,
    winningBid: winner === null ? null : bidOf(auctions, auction, evaluation),
    payment: payment === null ? null : fromMicro(payment),
    alternates: winner === null ? [] : (evaluation?.ranked ?? []).slice(1).map(({ bid }) => bid.agent),
    fencingToken: winner === null ? null : (award?.sequence ?? null),
    evaluationScores: scoresOf(auction, evaluation, rules),
    riskAssessment: riskOf(evaluation),
    auctionSummary: summaryOf(auction, evaluation, rules.catalogue),
    reason: reasonOf(auction, evaluation),
    task: auction.lot.spec.task,
    phase,
    sequence: award?.sequence ?? null
  }
}

const bidOf = (
  auctions: StateReader,
  auction: Auction,
  evaluation: Evaluation | undefined
): BidView | null => {
  const best = evaluation?.ranked[0]?.bid
  const reveal = best && reveals.read(auctions, auction.id, best.agent)
  if (!reveal) return null
  const { cost, quality, throughput, note } = reveal.bid
  return {
    bidId: best.bidId,
    agent: best.agent,
    cost: fromMicro(cost),
    quality: fromMicro(quality),
    throughput: fromMicro(throughput),
    note
  }
}

const scoresOf = (auction: Auction, evaluation: Evaluation | undefined, { catalogue }: Rules) => {
  const criteria = findScoring(catalogue, auction.lot.spec.scoring)?.criteria
  const explain = ({ bid }: RankedBid, id: string): string =>
    (evaluation && criteria?.get(id)?.explain(bid, evaluation.context)) ?? ''
  const ranked = evaluation?.ranked ?? []
  return Object.fromEntries(
    ranked.map(scored => [
      scored.bid.agent,
      {
        overall: fromMicro(scored.total / 1_000_000n),
        criteria: Object.fromEntries(scored.criteria.map(({ id, scorePpm }) => [id, fromMicro(scorePpm)])),
        explanation: Object.fromEntries(scored.criteria.map(({ id }) => [id, explain(scored, id)]))
      }
    ])
  )
}

/** The level is the winner's gravest factor; without a winner, the gravest of all. */
const riskOf = (evaluation: Evaluation | undefined): AuctionView['riskAssessment'] => {
  const risks = evaluation?.risks ?? []
  const winner = evaluation?.winner ?? null
  const concerning = winner === null ? risks : risks.filter(({ agent }) => agent === winner)
  const gravest = concerning.reduce((most, { levelPpm }) => (levelPpm > most ? levelPpm : most), 0n)
  const factors = risks.map(({ agent, factor, levelPpm, detail }) => {
    const level = fromMicro(levelPpm)
    return { agent, factor, level, detail }
  })
  return { level: riskLevelOf(gravest), factors }
}
