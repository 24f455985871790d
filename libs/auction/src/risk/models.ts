import { PPM, clamp } from '@quorate/core'
import { observationsPpm, reputationLowerBoundPpm } from '../reputation/beta.ts'
import { decimal } from '../scoring/decimal.ts'
import type { RiskContext, RiskModel } from './risk-model.ts'

/** 0 up to `from`, PPM from `to`, linear between, rounded down. */
const ramp = (value: bigint, from: bigint, to: bigint): bigint =>
  clamp(((value - from) * PPM) / (to - from), 0n, PPM)

const HALF = PPM / 2n

/** How full the scarcest resource gets: no concern up to 70 %, certain trouble from 130 %. */
const overload: RiskModel = {
  factor: 'overload',
  level: bid => (bid.utilisationPpm <= 700_000n ? 0n : ramp(bid.utilisationPpm, 700_000n, 1_300_000n)),
  detail: bid => `would use ${decimal(bid.utilisationPpm)} of its scarcest resource`
}

/** Few observations: one half without any, a quarter after four. */
const thinHistory: RiskModel = {
  factor: 'thin-history',
  level: bid => (HALF * 4n * PPM) / (4n * PPM + observationsPpm(bid)),
  detail: bid => `${decimal(observationsPpm(bid))} observations`
}

/**
 * What was observed was bad: 1 less the lower bound of the reputation. Says nothing before the first
 * observation.
 */
const unreliable: RiskModel = {
  factor: 'unreliable',
  level: bid => (observationsPpm(bid) === 0n ? 0n : PPM - reputationLowerBoundPpm(bid)),
  detail: bid => `reputation is at least ${decimal(reputationLowerBoundPpm(bid))}`
}

/** Ratio of the dearer to the cheaper of price and median; PPM times a thousand stands for no limit. */
const priceRatioPpm = (cost: bigint, median: bigint): bigint => {
  const [low, high] = cost < median ? [cost, median] : [median, cost]
  if (high === low) return PPM
  return low === 0n ? PPM * 1000n : (high * PPM) / low
}

/**
 * Far from the median of at least three bids, either way: no concern up to 1.5 times, certain from 4 times.
 */
const outlierPrice: RiskModel = {
  factor: 'outlier-price',
  level: (bid, { bids, medianCost }: RiskContext) => {
    const ratio = priceRatioPpm(bid.cost, medianCost)
    return bids < 3 || ratio <= 1_500_000n ? 0n : ramp(ratio, 1_500_000n, 4_000_000n)
  },
  detail: (bid, { medianCost }) => `price ${decimal(bid.cost)} against a median of ${decimal(medianCost)}`
}

/** Barely capable: one half at the required level itself, none from 0.2 above it. */
const capabilityEdge: RiskModel = {
  factor: 'capability-edge',
  level: bid => HALF - ramp(bid.marginPpm, 0n, 200_000n) / 2n,
  detail: bid => `closest capability is ${decimal(bid.marginPpm)} above what is required`
}

export const BUILT_IN_RISKS: readonly RiskModel[] = [
  overload,
  thinHistory,
  unreliable,
  outlierPrice,
  capabilityEdge
]
