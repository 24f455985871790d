import type { CborValue, PeerId, TimeMs } from './ids.ts'
import type { Envelope, MessageCodec, Verified } from './envelope.ts'
import type { StoreOp, StoreReader } from './store.ts'

/** What goes into a machine. `now` (local milliseconds) comes beside it: machines read no clock. */
export type MachineInput =
  | { readonly type: 'message'; readonly from: PeerId; readonly envelope: Verified<Envelope<unknown>> }
  | { readonly type: 'timer'; readonly timer: string }
  /** From the local API or another machine, routed inside the node. */
  | { readonly type: 'command'; readonly command: Command }
  /** A direct connection to a member has come up or gone away. */
  | { readonly type: 'peer'; readonly peer: PeerId; readonly connected: boolean }

/** A request to a machine of this node. `name` is `machine.verb`; the payload's type is the machine's affair. */
export interface Command<Name extends string = string, Payload = unknown> {
  readonly name: Name
  readonly payload: Payload
}

/**
 * What a machine asks of the world. The driver carries a batch of effects out in this order and no other:
 * persist (one transaction, one fsync), send and broadcast, schedule and cancel, notify and charge (DESIGN section 3).
 * `route` never leaves the node: the router hands it on until none is left.
 */
export type Effect =
  /**
   * With `lazy` nothing that is sent depends on it: it can be had again, from peers or by executing again. Order among
   * all operations is kept. `shared`: may share the next batch's transaction; the events of its step are told only when
   * it is durable. `whenever`: may wait some milliseconds for any other transaction; nobody waits for it.
   */
  | { readonly type: 'persist'; readonly ops: readonly StoreOp[]; readonly lazy?: 'shared' | 'whenever' }
  | { readonly type: 'send'; readonly to: PeerId; readonly frame: Uint8Array }
  | { readonly type: 'broadcast'; readonly frame: Uint8Array; readonly reach: Reach }
  /** (Re)arms the machine's timer of that name; `atMs` is local time. */
  | { readonly type: 'schedule'; readonly timer: string; readonly atMs: TimeMs }
  | { readonly type: 'cancel'; readonly timer: string }
  | { readonly type: 'route'; readonly command: Command }
  | { readonly type: 'notify'; readonly event: NodeEvent }
  /** Counts a peer's bad input against it. */
  | { readonly type: 'charge'; readonly peer: PeerId; readonly code: string }

/** `voters`: consensus traffic, streams first, gossip where streams do not reach. `members`: gossip and streams. */
export type Reach = 'voters' | 'members'

/**
 * Something that happened, for API subscribers, agents and metrics. Durable events are written to the event log in the
 * batch's own transaction and can be resumed from by cursor; the others are only told to who listens now.
 */
export interface NodeEvent {
  readonly type: string
  readonly durable: boolean
  readonly data: CborValue
}

/**
 * A protocol core: one step per input, synchronous and total. It never throws on what a peer sends.
 * `start` is called once, after the machine was created from what the store holds and before any other input;
 * it re-sends, byte for byte, what the machine had said and had not seen through.
 */
export interface Machine {
  readonly name: string
  readonly codecs: readonly MessageCodec[]
  /** Types of ledger events that the router hands to this machine as `command` named `ledger.event`. */
  readonly ledgerEvents?: readonly string[]
  start(now: TimeMs): readonly Effect[]
  step(input: MachineInput, now: TimeMs): readonly Effect[]
  /** A snapshot for `status` and diagnosis; changes nothing. Consensus gives `view`, `primary` and `active`. */
  describe?(): { readonly [key: string]: CborValue }
}

/** What every machine factory is given. */
export interface MachineContext {
  readonly store: StoreReader
  readonly self: PeerId
}
