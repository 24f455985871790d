import { ACCEPT, ignore, reject, type LedgerEvent, type Verdict } from '@quorate/contracts'
import { AWARD_KIND, equalBytes } from '@quorate/core'
import { hostOf } from '../agents/agent-state.ts'
import { scoredBid } from '../scoring/scored-bid.ts'
import { awardShape, type Award } from '../wire/auction-entries.ts'
import { encodeBody } from '../wire/shapes.ts'
import { isOpen, readAuctionState, writeProgress, type Auction } from './auction-state.ts'
import { awardOf, evaluateAuction, evaluationInputOf, isEvaluable } from './evaluation-input.ts'
import { UNKNOWN, type EntryHandler, type Step, type WriteStep } from './handler.ts'
import { markEnded, pruneEnded } from './lifecycle.ts'
import { busyMsOf } from './load.ts'
import { penalise } from './reputation.ts'

/** Every voter recomputes the result and votes only for the one it computed. Rule A12. */
const validate = ({ state, entry, body, context, rules }: Step<Award>): Verdict => {
  const auction = readAuctionState(state, body.auction)
  if (!auction) return UNKNOWN
  if (!isOpen(auction)) return reject('auction-finished')
  if (auction.progress.phase === 'bidding') return ignore('auction-not-closed')
  if (!isEvaluable(auction, context.time)) return ignore('auction-too-early')
  const expected = encodeBody(awardShape, awardOf(evaluateAuction(state, auction, rules)))
  return equalBytes(expected, entry.body) ? ACCEPT : reject('auction-result-differs')
}

/**
 * Ends the auction; its own ledger sequence is the fencing token. Bids that stayed sealed cost their hosts.
 * Rule A13.
 */
const apply = (step: WriteStep<Award>): readonly LedgerEvent[] => {
  const { state, body, context, rules } = step
  const auction = readAuctionState(state, body.auction)
  if (!auction) return []
  const { sequence, time } = context
  const { result, outcome, winner, payment } = body
  const phase = outcome === 'awarded' ? 'awarded' : 'no-award'
  const award = { sequence, result, outcome, winner, payment, busyUntil: busyUntil(step, auction) }
  writeProgress(state, auction.id, { ...auction.progress, phase, award })
  const { unrevealed } = evaluationInputOf(state, auction)
  for (const agent of unrevealed) penalise(state, hostOf(agent), time)
  markEnded(state, { id: auction.id, author: auction.lot.author, sequence, at: time })
  pruneEnded(state, rules.config, time)
  const data = { auction: auction.id, outcome, winner, payment, result }
  return [{ type: `auction-${phase}`, id: auction.id, sequence, data }]
}

const busyUntil = ({ state, body, context }: WriteStep<Award>, auction: Auction): number => {
  const bid = evaluationInputOf(state, auction).bids.find(({ agent }) => agent === body.winner)
  return bid ? context.time + busyMsOf(auction.lot.spec, scoredBid(bid).throughput) : 0
}

export const awardHandler: EntryHandler<Award> = {
  kind: AWARD_KIND,
  shape: awardShape,
  idOf: (_, body) => body.auction,
  validate,
  apply
}
