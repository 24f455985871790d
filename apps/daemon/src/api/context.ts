import type {
  ConfigEntry,
  FoundingDocument,
  GroupId,
  Ledger,
  Machine,
  ProposalView,
  Signing,
  Store,
  Transport
} from '@quorate/contracts'
import type { QuorateNode } from '@quorate/runtime'
import type { Config } from '../home/index.ts'
import type { Asks } from './asks.ts'
import type { RecordSubmitter } from './entries/record-submitter.ts'
import type { OrderOnly } from './proposals/order-only.ts'

/** Reads proposals as this node knows them; made by the consensus library. */
export interface ProposalReader {
  show(id: string): Omit<ProposalView, 'receipt'> | undefined
  /** Undecided ones, newest first; `pending` leaves out those whose deadline has passed. */
  open(pending: boolean): readonly Omit<ProposalView, 'receipt'>[]
}

/** Structured log lines, most important first among the arguments as in pino. */
export interface ApiLog {
  info(data: object, message: string): void
  warn(data: object, message: string): void
  error(data: object, message: string): void
}

/** The node as the control API sees it. */
export interface ApiNode {
  readonly node: QuorateNode
  readonly ledger: Ledger
  readonly consensus: Machine
  readonly store: Store
  readonly signing: Signing
  readonly transport: Pick<Transport, 'peers' | 'addresses' | 'addAddresses'>
  /** Of the transport, since its start, by name. */
  readonly networkCounters: () => { readonly [name: string]: number }
  readonly founding: FoundingDocument
  readonly groupId: GroupId
  readonly config: Config
  readonly configEntries: readonly ConfigEntry[]
  readonly proposals: ProposalReader
  readonly log: ApiLog
  /** Local milliseconds. */
  readonly now: () => number
}

/** What the routes share. */
export interface ApiContext extends ApiNode {
  readonly asks: Asks
  readonly records: RecordSubmitter
  readonly orderOnly: OrderOnly
}
