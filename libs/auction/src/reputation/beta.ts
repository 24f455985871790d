import { PPM } from '@quorate/core'

/**
 * Beta reputation (Josang and Ismail 2002). Units: alpha and beta are ppm of one observation, both above
 * zero.
 */
export interface BetaReputation {
  readonly alpha: bigint
  readonly beta: bigint
}

/** What a newcomer starts from: one good and one bad observation, so a mean of one half. Rule A3. */
export const PRIOR: BetaReputation = { alpha: PPM, beta: PPM }

/** Expected share of good outcomes, ppm, rounded down. */
export const reputationMeanPpm = ({ alpha, beta }: BetaReputation): bigint => (alpha * PPM) / (alpha + beta)

/** Mean less one standard deviation of the beta distribution, ppm, never below 0. */
export const reputationLowerBoundPpm = (reputation: BetaReputation): bigint => {
  const mean = reputationMeanPpm(reputation)
  const variance = (mean * (PPM - mean) * PPM) / (reputation.alpha + reputation.beta + PPM)
  const bound = mean - squareRoot(variance)
  return bound < 0n ? 0n : bound
}

/** Observations beyond the prior, ppm of an observation. */
export const observationsPpm = ({ alpha, beta }: BetaReputation): bigint =>
  alpha + beta - PRIOR.alpha - PRIOR.beta

/** floor(sqrt(value)) for value >= 0, by Newton's method from above. */
export const squareRoot = (value: bigint): bigint => {
  if (value < 2n) return value
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
