import type { StateReader } from '@quorate/contracts'
import { sha256 } from '@quorate/core'
import type { Rules } from '../rules.ts'
import { evaluate } from '../scoring/evaluate.ts'
import type { Evaluation, EvaluationInput, RevealedBid } from '../scoring/evaluation.ts'
import { resultDigestOf } from '../scoring/result-digest.ts'
import type { Award } from '../wire/auction-entries.ts'
import { candidates, commits, reveals, type Auction } from './auction-state.ts'

/** Stands in for the closing parent while an auction is still open; no award is computed from it. */
const NO_PARENT = sha256(new Uint8Array())

/** Collects the agreed inputs of an auction's evaluation from the state. */
export const evaluationInputOf = (auctions: StateReader, { id, lot, progress }: Auction): EvaluationInput => {
  const sealed = commits.list(auctions, id)
  const opened = new Map(reveals.list(auctions, id))
  const bids = sealed.flatMap(([agent, { commit }]): RevealedBid[] => {
    const reveal = opened.get(agent)
    const candidate = candidates.read(auctions, id, agent)
    return reveal && candidate
      ? [{ agent, bidId: commit, bid: reveal.bid, salt: reveal.salt, candidate }]
      : []
  })
  const unrevealed = sealed.map(([agent]) => agent).filter(agent => !opened.has(agent))
  const { spec, eligible, barred } = lot
  return { auction: id, spec, parent: progress.parent ?? NO_PARENT, bids, unrevealed, eligible, barred }
}

export const evaluateAuction = (auctions: StateReader, auction: Auction, { catalogue }: Rules): Evaluation =>
  evaluate(evaluationInputOf(auctions, auction), catalogue)

/** Are all inputs in? Nothing can change them from then on: reveals are refused from `revealBy`. Rule A12. */
export const isEvaluable = ({ progress }: Auction, agreedTime: number): boolean =>
  progress.phase === 'revealing' && (progress.reveals >= progress.commits || agreedTime >= progress.revealBy)

/** The award entry that an evaluation calls for. */
export const awardOf = (evaluation: Evaluation): Award => ({
  auction: evaluation.auction,
  result: resultDigestOf(evaluation),
  outcome: evaluation.outcome,
  winner: evaluation.winner,
  payment: evaluation.payment === null ? null : Number(evaluation.payment)
})
