import type { AuctionSpec, Bid } from '../wire/auction-entries.ts'
import type { Registration } from '../wire/agent-entries.ts'

/**
 * What a strategy may look at. Local and private: nothing here is agreed, and nothing of it leaves the node
 * unsealed.
 */
export interface BidInput {
  readonly spec: AuctionSpec
  readonly registration: Registration
}

/** Makes an agent's bid, or none. Pure; amounts are integers as in the bid (rule A8). */
export interface BidStrategy {
  readonly name: string
  propose(input: BidInput): Bid | undefined
}

/** What an agent that declared no quality claims: one half. */
export const QUALITY_UNDECLARED = 500_000

/** What an agent that declared no throughput claims: one unit of work per second. */
export const THROUGHPUT_UNDECLARED = 1_000_000

/** Work at the registered rate, micro cost, rounded up: an agent never asks for less than its cost. */
export const ownCost = ({ spec, registration }: BidInput): bigint =>
  (BigInt(spec.work) * BigInt(registration.rate) + 999_999n) / 1_000_000n

const bidAt = (cost: bigint, { spec, registration }: BidInput): Bid | undefined =>
  cost > BigInt(spec.reserve)
    ? undefined
    : {
        cost: Number(cost),
        quality: registration.quality ?? QUALITY_UNDECLARED,
        throughput: registration.throughput ?? THROUGHPUT_UNDECLARED,
        note: ''
      }

/** Asks for the own cost: the best there is under second-score payment. */
export const truthful: BidStrategy = {
  name: 'truthful',
  propose: input => bidAt(ownCost(input), input)
}

/** A fifth above the own cost, or the reserve when that is less and still covers the cost. */
export const costPlus: BidStrategy = {
  name: 'cost-plus',
  propose: input => {
    const [cost, reserve] = [ownCost(input), BigInt(input.spec.reserve)]
    const asked = cost + cost / 5n
    return bidAt(asked > reserve && cost <= reserve ? reserve : asked, input)
  }
}

/** Never bids by itself: the agent does, by `quorate bid`. */
export const manual: BidStrategy = { name: 'manual', propose: () => undefined }

export const BUILT_IN_BID_STRATEGIES: readonly BidStrategy[] = [truthful, costPlus, manual]
