import type { ScoredBid } from '../scoring/criterion.ts'

/** What risk models may look at beside the bid: all bids that were admitted, and their median price. */
export interface RiskContext {
  readonly bids: number
  readonly medianCost: bigint
}

/**
 * One reason why a bid may fail. `level` gives ppm, 0 for no concern (then it is not listed). Pure; rule A26.
 */
export interface RiskModel {
  readonly factor: string
  level(bid: ScoredBid, context: RiskContext): bigint
  detail(bid: ScoredBid, context: RiskContext): string
}

export type RiskLevel = 'low' | 'medium' | 'high'

export const RISK_MEDIUM_PPM = 400_000n
export const RISK_HIGH_PPM = 700_000n

export const riskLevelOf = (ppm: bigint): RiskLevel =>
  ppm >= RISK_HIGH_PPM ? 'high' : ppm >= RISK_MEDIUM_PPM ? 'medium' : 'low'
