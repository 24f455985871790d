/**
 * The typed client of the control API, over a unix socket or a port of this machine.
 *
 * @example
 * import { createClient } from '@quorate/client'
 *
 * const client = createClient({ api: '/path/to/home/api.sock' })
 * const { proposalId } = await client.propose({ statement: 'Deploy v2' })
 * const { outcome } = await client.waitForProposal(proposalId, 30_000)
 */
export { createClient } from './client.ts'
export type { Client, ClientInit, LedgerQuery } from './client.ts'
export type { EntryRequest, EntryResult } from './entries.ts'
export type { EventsInit } from './events.ts'
export { formatEndpoint, parseEndpoint } from './endpoint.ts'
export type { Endpoint } from './endpoint.ts'
export { readLines } from './lines.ts'
export type { AgentRegistration, AuctionStart, AuctionState, ConnectRequest, RunResult } from './types.ts'
