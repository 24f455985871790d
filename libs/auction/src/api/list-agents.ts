import type { AgentView, StateReader, TimeMs } from '@quorate/contracts'
import { fromMicro } from '@quorate/core'
import { AGENTS_MODULE, readAgents } from '../agents/agent-state.ts'
import { AUCTION_MODULE } from '../ledger/auction-state.ts'
import { readLoads } from '../ledger/load.ts'
import { readReputation } from '../ledger/reputation.ts'
import { reputationMeanPpm } from '../reputation/beta.ts'
import type { Numbers } from './edge.ts'
import { fromBaseUnits } from './resources.ts'

/** An agent as the API shows it, with what it declared for bidding. */
export interface AgentDetail extends AgentView {
  readonly rate: number
  readonly throughput: number | null
  readonly quality: number | null
  readonly strategy: string
  /** How often it was registered. */
  readonly version: number
}

const fractions = (values: Numbers): Numbers =>
  Object.fromEntries(Object.entries(values).map(([name, ppm]) => [name, fromMicro(ppm)]))

/** All agents of the group at an agreed time, ascending by address. Load is in the units of the capacity. */
export const listAgents = (state: StateReader, now: TimeMs): readonly AgentDetail[] => {
  const auctions = state.module(AUCTION_MODULE)
  const loads = readLoads(auctions, now)
  return readAgents(state.module(AGENTS_MODULE)).map(({ address, version, registration }) => ({
    agent: address,
    capabilities: fractions(registration.capabilities),
    capacity: fromBaseUnits(registration.capacity),
    load: fromBaseUnits(loads.get(address) ?? {}),
    reputation: fromMicro(reputationMeanPpm(readReputation(auctions, address, now))),
    rate: fromMicro(registration.rate),
    throughput: registration.throughput === null ? null : fromMicro(registration.throughput),
    quality: registration.quality === null ? null : fromMicro(registration.quality),
    strategy: registration.strategy,
    version
  }))
}
