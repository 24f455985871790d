import {
  ACCEPT,
  reject,
  type Entry,
  type LedgerContext,
  type LedgerEvent,
  type LedgerModule,
  type StateReader,
  type StateWriter,
  type Verdict
} from '@quorate/contracts'
import { AUCTION_LIMITS } from '../limits.ts'
import {
  AGENT_LEAVE_KIND,
  AGENT_REGISTER_KIND,
  leaveShape,
  registrationShape
} from '../wire/agent-entries.ts'
import { decodeBody } from '../wire/shapes.ts'
import {
  addressOf,
  AGENTS_MODULE,
  agentKey,
  agentRecordShape,
  countAgents,
  readAgent
} from './agent-state.ts'

const readRegistration = (entry: Entry) =>
  entry.kind === AGENT_REGISTER_KIND ? decodeBody(registrationShape, entry.body) : undefined

const readLeave = (entry: Entry) =>
  entry.kind === AGENT_LEAVE_KIND ? decodeBody(leaveShape, entry.body) : undefined

const addressIn = (entry: Entry): string | undefined => {
  const body = readRegistration(entry) ?? readLeave(entry)
  return body && addressOf(entry.author, body.name)
}

/** Rule A1: a peer registers its own agents only, and not without bound. */
const validate = (state: StateReader, entry: Entry): Verdict => {
  const address = addressIn(entry)
  if (address === undefined) return reject('agent-malformed')
  if (readAgent(state, address)) return ACCEPT
  if (entry.kind === AGENT_LEAVE_KIND) return reject('agent-unknown')
  if (countAgents(state, entry.author) >= AUCTION_LIMITS.agentsPerPeerMax)
    return reject('agent-too-many-on-peer')
  return countAgents(state) >= AUCTION_LIMITS.agentsMax ? reject('agent-too-many') : ACCEPT
}

const register = (state: StateWriter, entry: Entry, context: LedgerContext): readonly LedgerEvent[] => {
  const registration = readRegistration(entry)
  if (!registration) return []
  const { sequence, time } = context
  const address = addressOf(entry.author, registration.name)
  const version = (readAgent(state, address)?.version ?? 0) + 1
  state.put(agentKey(address), agentRecordShape.encode({ registration, version, sequence, at: time }))
  return [{ type: 'agent-registered', id: address, sequence, data: { agent: address, version } }]
}

const leave = (state: StateWriter, entry: Entry, { sequence }: LedgerContext): readonly LedgerEvent[] => {
  const body = readLeave(entry)
  if (!body) return []
  const address = addressOf(entry.author, body.name)
  state.delete(agentKey(address))
  return [{ type: 'agent-left', id: address, sequence, data: { agent: address } }]
}

/**
 * The group's agents: who hosts them and what they declare. Registering again replaces the registration.
 * Source: docs/protocol/auction.md, rules A1 and A2.
 */
export const agentsModule: LedgerModule = {
  name: AGENTS_MODULE,
  kinds: [AGENT_REGISTER_KIND, AGENT_LEAVE_KIND],
  bulkKinds: [],
  idOf: entry => addressIn(entry) ?? entry.digest,
  validate,
  apply: (state, entry, context) =>
    entry.kind === AGENT_REGISTER_KIND ? register(state, entry, context) : leave(state, entry, context)
}
