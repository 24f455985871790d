import { PPM } from '@quorate/core'
import type { ScoringContext } from './criterion.ts'
import type { RankedBid } from './rank.ts'

export interface PaymentInput {
  /** Best first; at least one. */
  readonly ranked: readonly RankedBid[]
  readonly context: ScoringContext
  /** Normalised weight of the cost criterion, ppm. */
  readonly costWeightPpm: bigint
}

/**
 * What the winner is paid, in micro cost. `quasiLinear`: needs a cost score that is linear in the own price
 * alone.
 */
export interface PaymentRule {
  readonly id: string
  readonly quasiLinear: boolean
  pay(input: PaymentInput): bigint
}

const winnerOf = ({ ranked }: PaymentInput): RankedBid => {
  const [winner] = ranked
  if (winner === undefined) throw new RangeError('a payment needs a winner')
  return winner
}

/** The winner is paid its price. Simple, and not truthful: it pays to ask for more than one's cost. */
export const firstScore: PaymentRule = {
  id: 'first-score',
  quasiLinear: false,
  pay: input => winnerOf(input).bid.cost
}

/** Everything but cost: sum of weight * score, ppm squared. */
const worthOf = ({ total, criteria }: RankedBid): bigint => {
  const cost = criteria.find(({ id }) => id === 'cost')
  return cost ? total - cost.weightPpm * cost.scorePpm : total
}

const larger = (a: bigint, b: bigint): bigint => (a < b ? b : a)

/** floor(a / b) for b > 0; BigInt division truncates towards zero. */
const floorDiv = (a: bigint, b: bigint): bigint => (a < 0n ? -((-a + b - 1n) / b) : a / b)

/**
 * The winner is paid the price at which it would have tied with the second: `ownPrice + (S1 - S2) / slope`,
 * at most the reserve; alone, it is paid the reserve. The slope is the cost weight over (reserve - floor).
 * Asking for one's true cost is then best.
 *
 * Computed in the form in which the own price cancels out, so that no rounding of the cost score enters: the
 * second's price (at least the floor) plus the difference in all other worth, in money, rounded down; never
 * below the own price.
 * Source: rule A25; Che 1993, Asker and Cantillon 2008.
 */
export const secondScore: PaymentRule = {
  id: 'second-score',
  quasiLinear: true,
  pay: input => {
    const { costWeightPpm, context } = input
    const { reserve, floor } = context
    const winner = winnerOf(input)
    const second = input.ranked[1]
    if (second === undefined || costWeightPpm === 0n) return reserve
    const worth = worthOf(winner) - worthOf(second)
    const premium = floorDiv(worth * (reserve - floor), costWeightPpm * PPM)
    const price = larger(winner.bid.cost, larger(second.bid.cost, floor) + premium)
    return price > reserve ? reserve : price
  }
}
