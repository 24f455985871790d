import type { Criterion } from './criterion.ts'
import { reputationMeanPpm } from '../reputation/beta.ts'
import { decimal } from './decimal.ts'

/**
 * Mean of the agent's beta reputation at the announcement, rounded down. Risk uses the lower bound. Rule A22.
 */
export const reliability: Criterion = {
  id: 'reliability',
  version: 1,
  score: bid => reputationMeanPpm(bid),
  explain: bid => `alpha ${decimal(bid.alpha)} / (alpha + beta ${decimal(bid.alpha + bid.beta)})`
}
