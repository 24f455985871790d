import type { AgentAddress } from '@quorate/contracts'
import type { ScoredBid } from '../scoring/criterion.ts'
import type { RiskContext, RiskModel } from './risk-model.ts'

export interface RiskFactor {
  readonly agent: AgentAddress
  readonly factor: string
  readonly levelPpm: bigint
  readonly detail: string
}

const compareBigint = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

/** Lower median of the prices; 0 without bids. */
export const riskContextOf = (bids: readonly ScoredBid[]): RiskContext => {
  const costs = bids.map(bid => bid.cost).toSorted(compareBigint)
  return { bids: bids.length, medianCost: costs[Math.floor((costs.length - 1) / 2)] ?? 0n }
}

/** Every factor above zero, bids in the order given, factors in the catalogue's. */
export const assessRisks = (
  bids: readonly ScoredBid[],
  models: readonly RiskModel[],
  context: RiskContext
): readonly RiskFactor[] =>
  bids.flatMap(bid =>
    models
      .map(model => ({ model, levelPpm: model.level(bid, context) }))
      .filter(({ levelPpm }) => levelPpm > 0n)
      .map(({ model, levelPpm }) => ({
        agent: bid.agent,
        factor: model.factor,
        levelPpm,
        detail: model.detail(bid, context)
      }))
  )
