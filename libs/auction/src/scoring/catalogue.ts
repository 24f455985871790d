import { BUILT_IN_RISKS } from '../risk/models.ts'
import type { RiskModel } from '../risk/risk-model.ts'
import { anchoredCost, minmaxCost } from './cost.ts'
import type { Criterion } from './criterion.ts'
import { firstScore, secondScore, type PaymentRule } from './payment.ts'
import { performanceCriterion } from './performance.ts'
import { quality } from './quality.ts'
import { reliability } from './reliability.ts'

/** A named, versioned set of criteria. An announcement names one; a changed formula gets a new version. */
export interface ScoringStrategy {
  readonly id: string
  readonly version: number
  readonly criteria: ReadonlyMap<string, Criterion>
  /**
   * The cost score is linear in the own price and depends on no other bid: what second-score payment needs.
   */
  readonly quasiLinear: boolean
  /** For comparison only: what is wrong with it, shown with every result. */
  readonly warning: string | null
}

/** Everything that an announcement can name. */
export interface Catalogue {
  readonly scorings: readonly ScoringStrategy[]
  readonly payments: readonly PaymentRule[]
  readonly risks: readonly RiskModel[]
}

const byId = (criteria: readonly Criterion[]): ReadonlyMap<string, Criterion> =>
  new Map(criteria.map(criterion => [criterion.id, criterion]))

export const anchored: ScoringStrategy = {
  id: 'anchored',
  version: 1,
  criteria: byId([anchoredCost, quality, performanceCriterion, reliability]),
  quasiLinear: true,
  warning: null
}

export const minmax: ScoringStrategy = {
  id: 'minmax',
  version: 1,
  criteria: byId([minmaxCost, quality, performanceCriterion, reliability]),
  quasiLinear: false,
  warning: 'min-max over the received bids: one losing bid can change the winner; for comparison only'
}

export const BUILT_IN_CATALOGUE: Catalogue = {
  scorings: [anchored, minmax],
  payments: [firstScore, secondScore],
  risks: BUILT_IN_RISKS
}

/**
 * The built-in catalogue with more criteria in the `anchored` strategy, and more payment rules and risk
 * models.
 */
export const extendCatalogue = (more: {
  readonly criteria?: readonly Criterion[]
  readonly payments?: readonly PaymentRule[]
  readonly risks?: readonly RiskModel[]
}): Catalogue => ({
  scorings: BUILT_IN_CATALOGUE.scorings.map(scoring => ({
    ...scoring,
    criteria: new Map([...byId(more.criteria ?? []), ...scoring.criteria])
  })),
  payments: [...BUILT_IN_CATALOGUE.payments, ...(more.payments ?? [])],
  risks: [...BUILT_IN_CATALOGUE.risks, ...(more.risks ?? [])]
})

export const findScoring = (
  catalogue: Catalogue,
  choice: { readonly id: string; readonly version: number }
): ScoringStrategy | undefined =>
  catalogue.scorings.find(({ id, version }) => id === choice.id && version === choice.version)

export const findPayment = (catalogue: Catalogue, id: string): PaymentRule | undefined =>
  catalogue.payments.find(rule => rule.id === id)
