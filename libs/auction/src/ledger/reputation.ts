import type { AgentAddress, PeerId, StateReader, StateWriter, TimeMs } from '@quorate/contracts'
import { PPM, struct, uint } from '@quorate/core'
import { hostOf } from '../agents/agent-state.ts'
import { PRIOR, type BetaReputation } from '../reputation/beta.ts'
import { decodeState } from '../wire/shapes.ts'

/**
 * Observations on the ledger, in the auction module's own space, so that registering anew does not wash them
 * off. `reputation/<peer>` is the conduct of a host (its daemon seals and reveals for all of its agents);
 * `reputation/<agent>` is an agent's verified work. An agent is judged by both. Rule A3.
 */
const observedShape = struct({ alpha: uint(), beta: uint(), at: uint() })

interface Observed {
  readonly alpha: bigint
  readonly beta: bigint
}

/** Observations lose half their weight in this much agreed time. */
export const HALF_LIFE_MS = 7 * 24 * 3600 * 1000

/** No counter grows past a million observations. */
const OBSERVED_PPM_MAX = 1_000_000n * PPM

const NOTHING: Observed = { alpha: 0n, beta: 0n }

const reputationKey = (subject: string): string => `reputation/${subject}`

/** Halved once per whole half-life since the last observation, rounded down. */
const readObserved = (auctions: StateReader, subject: string, now: TimeMs): Observed => {
  const stored = decodeState(observedShape, auctions.get(reputationKey(subject)))
  if (!stored) return NOTHING
  const halvings = BigInt(Math.min(64, Math.max(0, Math.floor((now - stored.at) / HALF_LIFE_MS))))
  return { alpha: BigInt(stored.alpha) >> halvings, beta: BigInt(stored.beta) >> halvings }
}

/** The agent's beta reputation now: prior, its own work, and its host's conduct. */
export const readReputation = (auctions: StateReader, agent: AgentAddress, now: TimeMs): BetaReputation => {
  const [own, host] = [readObserved(auctions, agent, now), readObserved(auctions, hostOf(agent), now)]
  return { alpha: PRIOR.alpha + own.alpha + host.alpha, beta: PRIOR.beta + own.beta + host.beta }
}

const grow = (counter: bigint, by: bigint): number =>
  Number(counter + by > OBSERVED_PPM_MAX ? OBSERVED_PPM_MAX : counter + by)

/** Adds observations (ppm) to a subject. */
export const observe = (
  auctions: StateWriter,
  seen: { readonly subject: string; readonly at: TimeMs } & Partial<Observed>
): void => {
  const before = readObserved(auctions, seen.subject, seen.at)
  const after = {
    alpha: grow(before.alpha, seen.alpha ?? 0n),
    beta: grow(before.beta, seen.beta ?? 0n),
    at: seen.at
  }
  auctions.put(reputationKey(seen.subject), observedShape.encode(after))
}

/**
 * One bad observation of a host: a bid it sealed and did not open, or an auction it cancelled after closing.
 */
export const penalise = (auctions: StateWriter, host: PeerId, at: TimeMs): void =>
  observe(auctions, { subject: host, at, beta: PPM })
