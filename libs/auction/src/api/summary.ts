import { fromMicro } from '@quorate/core'
import type { Auction } from '../ledger/auction-state.ts'
import { findScoring, type Catalogue } from '../scoring/catalogue.ts'
import type { Evaluation } from '../scoring/evaluation.ts'
import { normaliseWeights } from '../scoring/weights.ts'
import type { Numbers } from './edge.ts'
import { fromBaseUnits } from './resources.ts'

const fractions = (values: Numbers): Numbers =>
  Object.fromEntries(Object.entries(values).map(([name, ppm]) => [name, fromMicro(ppm)]))

const announced = ({ lot }: Auction, catalogue: Catalogue) => {
  const { spec } = lot
  return {
    initiator: lot.author,
    announcedSequence: lot.sequence,
    announcedAtMs: lot.at,
    requirements: {
      capabilities: fractions(spec.capabilities),
      ...fromBaseUnits(spec.resources),
      taskClass: spec.taskClass
    },
    weights: Object.fromEntries(normaliseWeights(spec.weights).map(({ id, ppm }) => [id, fromMicro(ppm)])),
    work: fromMicro(spec.work),
    reserve: fromMicro(spec.reserve),
    floor: fromMicro(spec.floor),
    targetSeconds: spec.targetMs / 1000,
    scoring: `${spec.scoring.id}@${spec.scoring.version}`,
    scoringWarning: findScoring(catalogue, spec.scoring)?.warning ?? null,
    paymentRule: spec.payment,
    minBids: spec.minBids,
    initiatorMayBid: spec.initiatorMayBid
  }
}

const counted = ({ lot, progress }: Auction) => ({
  eligibleAgents: lot.eligible,
  barredAgents: lot.barred,
  sealedBids: progress.commits,
  revealedBids: progress.reveals,
  commitByMs: lot.commitBy,
  revealByMs: progress.revealBy === 0 ? null : progress.revealBy
})

/**
 * Everything about the lot and its course that has no field of its own in the contract. Times are agreed
 * time.
 */
export const summaryOf = (auction: Auction, evaluation: Evaluation | undefined, catalogue: Catalogue) => ({
  ...announced(auction, catalogue),
  ...counted(auction),
  excluded: Object.fromEntries((evaluation?.excluded ?? []).map(({ agent, code }) => [agent, code])),
  tieBreakBeacon: evaluation?.beacon ?? null,
  resultDigest: auction.progress.award?.result ?? null
})
