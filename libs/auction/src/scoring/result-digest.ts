import type { CborValue, Digest } from '@quorate/contracts'
import { encodeCbor, fromHex, sha256 } from '@quorate/core'
import type { Evaluation } from './evaluation.ts'
import type { RankedBid } from './rank.ts'

const RESULT_DOMAIN = 'quorate/v1/auction-result'

/** All of these stay below 2^53: totals reach 1e12, amounts are decoded as safe integers. */
const int = (value: bigint): number => Number(value)

const rankedForm = ({ bid, total, criteria }: RankedBid): CborValue => [
  bid.agent,
  fromHex(bid.bidId),
  int(bid.cost),
  int(total),
  criteria.map(({ id, scorePpm }) => [id, int(scorePpm)])
]

/** The exact form of the full evaluation, docs/protocol/auction.md, rule A14. */
export const evaluationForm = (evaluation: Evaluation): CborValue => [
  RESULT_DOMAIN,
  fromHex(evaluation.auction),
  evaluation.outcome,
  evaluation.winner,
  evaluation.payment === null ? null : int(evaluation.payment),
  fromHex(evaluation.beacon),
  evaluation.weights.map(({ id, ppm }) => [id, int(ppm)]),
  evaluation.ranked.map(rankedForm),
  evaluation.excluded.map(({ agent, code }) => [agent, code]),
  evaluation.risks.map(({ agent, factor, levelPpm }) => [agent, factor, int(levelPpm)])
]

/** What a voter votes for when it votes for an award. */
export const resultDigestOf = (evaluation: Evaluation): Digest =>
  sha256(encodeCbor(evaluationForm(evaluation)))
