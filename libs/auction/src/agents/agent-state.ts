import type { AgentAddress, PeerId, StateReader } from '@quorate/contracts'
import { struct, uint, type ShapeType } from '@quorate/core'
import { registrationShape } from '../wire/agent-entries.ts'
import { decodeState } from '../wire/shapes.ts'

export const AGENTS_MODULE = 'agents'
const SPACE = 'agent/'

/**
 * An agent on the ledger: its latest registration, how many there were, and where and when the latest was
 * ordered.
 */
export const agentRecordShape = struct({
  registration: registrationShape,
  version: uint(),
  sequence: uint(),
  at: uint()
})

export type AgentRecord = ShapeType<typeof agentRecordShape>

export interface Agent extends AgentRecord {
  readonly address: AgentAddress
  readonly host: PeerId
}

export const addressOf = (host: PeerId, name: string): AgentAddress => `${host}/${name}`

export const hostOf = (address: AgentAddress): PeerId => address.slice(0, address.indexOf('/'))

export const nameOf = (address: AgentAddress): string => address.slice(address.indexOf('/') + 1)

export const agentKey = (address: AgentAddress): string => `${SPACE}${address}`

/** `agents` is the space of the agents module, here and below. */
export const readAgent = (agents: StateReader, address: AgentAddress): Agent | undefined => {
  const record = decodeState(agentRecordShape, agents.get(agentKey(address)))
  return record && { ...record, address, host: hostOf(address) }
}

/** All agents, or those of one peer, ascending by address. */
export const readAgents = (agents: StateReader, host?: PeerId): readonly Agent[] =>
  agents.range(host === undefined ? SPACE : `${SPACE}${host}/`).flatMap(([key, value]) => {
    const record = agentRecordShape.decode(value)
    const address = key.slice(SPACE.length)
    return record ? [{ ...record, address, host: hostOf(address) }] : []
  })

export const countAgents = (agents: StateReader, host?: PeerId): number =>
  agents.range(host === undefined ? SPACE : `${SPACE}${host}/`).length
