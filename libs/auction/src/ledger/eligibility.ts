import type { AgentAddress, PeerId, StateReader, TimeMs } from '@quorate/contracts'
import { readAgents, type Agent } from '../agents/agent-state.ts'
import { PPM_NUMBER } from '../limits.ts'
import type { Registration } from '../wire/agent-entries.ts'
import type { AuctionSpec } from '../wire/auction-entries.ts'
import { amountOf } from '../wire/shapes.ts'
import { UTILISATION_PPM_MAX, type Candidate } from './candidate.ts'
import { readLoads, type Loads } from './load.ts'
import { readReputation } from './reputation.ts'

export type Needs = Pick<AuctionSpec, 'capabilities' | 'resources'>

/** Every required capability at its level or above, every required resource within the capacity. Rule A6. */
export const isCapable = ({ capabilities, capacity }: Registration, needs: Needs): boolean =>
  Object.entries(needs.capabilities).every(([name, level]) => amountOf(capabilities, name) >= level) &&
  Object.entries(needs.resources).every(([name, amount]) => amountOf(capacity, name) >= amount)

const marginPpm = ({ capabilities }: Registration, needs: Needs): number =>
  Object.entries(needs.capabilities).reduce(
    (least, [name, level]) => Math.min(least, amountOf(capabilities, name) - level),
    PPM_NUMBER
  )

const utilisationPpm = (agent: Agent, needs: Needs, loads: Loads): number => {
  const load = loads.get(agent.address) ?? {}
  const shares = Object.entries(needs.resources).map(([name, amount]) => {
    const capacity = BigInt(Math.max(1, amountOf(agent.registration.capacity, name)))
    const taken = BigInt(amountOf(load, name)) + BigInt(amount)
    return Number((taken * BigInt(PPM_NUMBER)) / capacity)
  })
  return Math.min(UTILISATION_PPM_MAX, Math.max(0, ...shares))
}

export interface EligibilityInput {
  readonly agents: StateReader
  readonly auctions: StateReader
  readonly spec: Needs & Pick<AuctionSpec, 'initiatorMayBid'>
  readonly author: PeerId
  readonly now: TimeMs
}

export interface Eligibility {
  /** Ascending by address. */
  readonly candidates: readonly (readonly [AgentAddress, Candidate])[]
  /** The initiator's own agents that would be eligible if it had said so. */
  readonly barred: number
}

/**
 * Who may bid, and how each stands at this height. Bounds: at most `agentsMax`. Source: rule A6; notes
 * "Shills".
 */
export const eligibleAgents = (input: EligibilityInput): Eligibility => {
  const capable = readAgents(input.agents).filter(agent => isCapable(agent.registration, input.spec))
  const admitted = capable.filter(agent => input.spec.initiatorMayBid || agent.host !== input.author)
  const loads = readLoads(input.auctions, input.now)
  return {
    candidates: admitted.map(agent => [agent.address, candidateOf(agent, input, loads)]),
    barred: capable.length - admitted.length
  }
}

const candidateOf = (agent: Agent, input: EligibilityInput, loads: Loads): Candidate => {
  const { rate, throughput, quality } = agent.registration
  const { alpha, beta } = readReputation(input.auctions, agent.address, input.now)
  return {
    version: agent.version,
    rate,
    throughput,
    quality,
    marginPpm: marginPpm(agent.registration, input.spec),
    utilisationPpm: utilisationPpm(agent, input.spec, loads),
    alpha: Number(alpha),
    beta: Number(beta)
  }
}
