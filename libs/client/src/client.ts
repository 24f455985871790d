import type {
  AgentRegistered,
  AgentView,
  AuctionReplayView,
  BidAccepted,
  BidRequest,
  ConfigEntry,
  CountersView,
  EventView,
  EvidenceDetail,
  EvidenceView,
  GroupExport,
  LedgerEntryView,
  MemberView,
  PeerView,
  ProposalView,
  ProposeRequest,
  Receipt,
  StatusView,
  VoteRequest,
  VoteView
} from '@quorate/contracts'
import { createConnection } from './connection.ts'
import type { Connection, ConnectionInit } from './connection.ts'
import { streamEntries } from './entries.ts'
import type { EntryRequest, EntryResult } from './entries.ts'
import { followEvents } from './events.ts'
import type { EventsInit } from './events.ts'
import { exchange, send } from './exchange.ts'
import type { AgentRegistration, AuctionStart, AuctionState, ConnectRequest } from './types.ts'

export type ClientInit = ConnectionInit

export interface LedgerQuery {
  readonly since?: number | undefined
  readonly limit?: number | undefined
}

/** Every call of the control API. All reject with a QuorateError and nothing else. */
export interface Client {
  /** Where the daemon is looked for. */
  readonly address: string
  status(): Promise<StatusView & { readonly addresses?: readonly string[] }>
  peers(): Promise<PeerView[]>
  members(): Promise<MemberView[]>
  group(): Promise<GroupExport>
  connect(request: ConnectRequest): Promise<unknown>
  /** What the daemon counted since its start, by name. */
  counters(): Promise<CountersView>
  config(): Promise<ConfigEntry[]>
  openapi(): Promise<unknown>
  /** Whether the process is alive; false when it says no. */
  isLive(): Promise<boolean>
  /** Whether it can decide: storage, quorum, membership. */
  isReady(): Promise<boolean>
  propose(request: ProposeRequest): Promise<ProposalView>
  proposals(query?: { readonly pending?: boolean }): Promise<ProposalView[]>
  proposal(id: string): Promise<ProposalView>
  /** Waits for the outcome, at most `timeoutMs`; gives what is known by then. */
  waitForProposal(id: string, timeoutMs: number): Promise<ProposalView>
  vote(proposalId: string, request: VoteRequest): Promise<VoteView>
  ledger(query?: LedgerQuery): Promise<LedgerEntryView[]>
  entries(
    source: AsyncIterable<EntryRequest> | Iterable<EntryRequest>,
    signal?: AbortSignal
  ): AsyncIterable<EntryResult>
  receipt(id: string): Promise<Receipt>
  evidence(): Promise<EvidenceView[]>
  evidenceDetail(id: string): Promise<EvidenceDetail>
  registerAgent(request: AgentRegistration): Promise<AgentRegistered>
  agents(): Promise<AgentView[]>
  startAuction(request: AuctionStart): Promise<AuctionState>
  auctions(): Promise<AuctionState[]>
  auction(id: string): Promise<AuctionState>
  waitForAuction(id: string, timeoutMs: number): Promise<AuctionState>
  bid(auctionId: string, request: BidRequest): Promise<BidAccepted>
  cancelAuction(id: string): Promise<AuctionState>
  replayAuction(id: string): Promise<AuctionReplayView>
  events(init?: EventsInit): AsyncIterable<EventView>
  /** Gives the sockets back. */
  close(): void
}

/** On top of what the daemon is asked to wait, for its answer to arrive. */
const ANSWER_MARGIN_MS = 10_000

export function createClient(init: ClientInit): Client {
  const connection = createConnection(init)
  return {
    address: connection.address,
    close: () => connection.close(),
    ...nodeCalls(connection),
    ...proposalCalls(connection),
    ...ledgerCalls(connection),
    ...auctionCalls(connection),
    entries: (source, signal) => streamEntries(connection, source, signal),
    events: eventsInit => followEvents(connection, eventsInit)
  }
}

function nodeCalls(connection: Connection) {
  return {
    status: () => get<StatusView & { readonly addresses?: readonly string[] }>(connection, '/v1/status'),
    peers: () => get<PeerView[]>(connection, '/v1/peers'),
    members: () => get<MemberView[]>(connection, '/v1/members'),
    group: () => get<GroupExport>(connection, '/v1/group'),
    connect: (request: ConnectRequest) => post<unknown>(connection, '/v1/connect', request),
    counters: () => get<CountersView>(connection, '/v1/counters'),
    config: () => get<ConfigEntry[]>(connection, '/v1/config'),
    openapi: () => get<unknown>(connection, '/v1/openapi.json'),
    isLive: () => probe(connection, '/livez'),
    isReady: () => probe(connection, '/readyz'),
    registerAgent: (request: AgentRegistration) => post<AgentRegistered>(connection, '/v1/agents', request),
    agents: () => get<AgentView[]>(connection, '/v1/agents')
  }
}

function proposalCalls(connection: Connection) {
  const path = '/v1/proposals'
  return {
    propose: (request: ProposeRequest) => post<ProposalView>(connection, path, request),
    proposals: (query: { readonly pending?: boolean } = {}) =>
      get<ProposalView[]>(connection, query.pending === true ? `${path}?pending=true` : path),
    proposal: (id: string) => get<ProposalView>(connection, `${path}/${encodeURIComponent(id)}`),
    waitForProposal: (id: string, timeoutMs: number) =>
      wait<ProposalView>(connection, `${path}/${encodeURIComponent(id)}`, timeoutMs),
    vote: (id: string, request: VoteRequest) =>
      post<VoteView>(connection, `${path}/${encodeURIComponent(id)}/votes`, request)
  }
}

function ledgerCalls(connection: Connection) {
  return {
    ledger: (query: LedgerQuery = {}) =>
      get<LedgerEntryView[]>(connection, `/v1/ledger${search({ ...query })}`),
    receipt: (id: string) => get<Receipt>(connection, `/v1/receipts/${encodeURIComponent(id)}`),
    evidence: () => get<EvidenceView[]>(connection, '/v1/evidence'),
    evidenceDetail: (id: string) => get<EvidenceDetail>(connection, `/v1/evidence/${encodeURIComponent(id)}`)
  }
}

function auctionCalls(connection: Connection) {
  return {
    startAuction: (request: AuctionStart) => post<AuctionState>(connection, '/v1/auctions', request),
    auctions: () => get<AuctionState[]>(connection, '/v1/auctions'),
    auction: (id: string) => get<AuctionState>(connection, auctionPath(id)),
    waitForAuction: (id: string, timeoutMs: number) =>
      wait<AuctionState>(connection, auctionPath(id), timeoutMs),
    bid: (id: string, request: BidRequest) =>
      post<BidAccepted>(connection, `${auctionPath(id)}/bids`, request),
    cancelAuction: (id: string) => post<AuctionState>(connection, `${auctionPath(id)}/cancel`, {}),
    replayAuction: (id: string) => post<AuctionReplayView>(connection, `${auctionPath(id)}/replay`, {})
  }
}

function auctionPath(id: string): string {
  return `/v1/auctions/${encodeURIComponent(id)}`
}

async function get<T>(connection: Connection, path: string): Promise<T> {
  return (await exchange(connection, { method: 'GET', path })) as T
}

async function post<T>(connection: Connection, path: string, body: unknown): Promise<T> {
  return (await exchange(connection, { method: 'POST', path, body })) as T
}

async function wait<T>(connection: Connection, path: string, waitMs: number): Promise<T> {
  const timeoutMs = Math.ceil(waitMs)
  const query = search({ timeoutMs })
  const call = {
    method: 'GET',
    path: `${path}/wait${query}`,
    timeoutMs: timeoutMs + ANSWER_MARGIN_MS
  } as const
  return (await exchange(connection, call)) as T
}

async function probe(connection: Connection, path: string): Promise<boolean> {
  return (await send(connection, { method: 'GET', path })).status === 200
}

function search(query: { readonly [name: string]: number | undefined }): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value))
  return parameters.size === 0 ? '' : `?${parameters.toString()}`
}
