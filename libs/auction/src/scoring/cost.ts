import { PPM, clamp, mulDiv } from '@quorate/core'
import type { Criterion } from './criterion.ts'
import { decimal } from './decimal.ts'

/**
 * Cost against the anchors announced with the lot: 1 at or below the floor, 0 at the reserve, linear between,
 * rounded down. It never looks at other bids, so that a losing bid cannot move it. Rule A19.
 */
export const anchoredCost: Criterion = {
  id: 'cost',
  version: 1,
  score: (bid, { reserve, floor }) =>
    mulDiv(clamp(reserve - bid.cost, 0n, reserve - floor), PPM, reserve - floor),
  explain: (bid, { reserve, floor }) =>
    `(reserve ${decimal(reserve)} - cost ${decimal(bid.cost)}) / (reserve ${decimal(reserve)} - floor ${decimal(floor)})`
}

const least = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a))
const most = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a))

/**
 * Cost against the received bids: 1 for the cheapest, 0 for the dearest. For comparison only: one losing bid
 * can flip the order of the others (notes: A(10, .7) beats B(12, .8) until a shill bids 100). Rule A23.
 */
export const minmaxCost: Criterion = {
  id: 'cost',
  version: 1,
  score: (bid, { costs }) => {
    const [low, high] = [least(costs), most(costs)]
    return high === low ? PPM : mulDiv(high - bid.cost, PPM, high - low)
  },
  explain: (bid, { costs }) =>
    `min-max over ${costs.length} received bids, cost ${decimal(bid.cost)}; a losing bid can flip this score`
}
