import type { BatchHeader, Digest, Envelope, Opened, PeerId, StoreOp, Verified } from '@quorate/contracts'
import type { Group } from '../cluster/group.ts'
import type { Member } from '../cluster/member.ts'

/** A batch that a node has just made durable as executed. */
export interface ExecutedBatch {
  readonly header: BatchHeader
  readonly digest: Digest
  readonly view: number
  readonly epoch: number
  /** COMMIT votes, as frames. */
  readonly votes: readonly Uint8Array[]
  /** Submission frames in order. */
  readonly submissions: readonly Uint8Array[]
  /** What executing it changed in the agreed state. */
  readonly writes: readonly StoreOp[]
}

export type PutRow = Extract<StoreOp, { readonly type: 'put' }>

/**
 * What a checker sees of the run. Only honest nodes are watched: liars are bound by nothing. All of it is optional;
 * a checker takes what it needs.
 */
export interface Watch {
  /** The node has put a row into one of these spaces, durably: by space. */
  readonly put?: { readonly [space: string]: (node: PeerId, row: PutRow) => void }
  /** Part of what was committed: a batch, in the order of execution. */
  readonly executed?: (node: PeerId, batch: ExecutedBatch) => void
  /** The node signs and sends this, for the first time since it started. */
  readonly said?: (node: PeerId, envelope: Verified<Envelope>) => void
  /** The node holds bad input against a peer. */
  readonly charged?: (node: PeerId, peer: PeerId, code: string) => void
  /** Now and then, and at the end. */
  readonly looked?: (members: readonly Member[]) => void
  /** The faults are over; every node runs. */
  readonly healed?: (members: readonly Member[]) => void
  /** The run is over. */
  readonly ended?: (members: readonly Member[]) => void
}

/** What a checker may use. */
export interface Bench extends Pick<Group, 'groupId' | 'voters' | 'strategy' | 'honest' | 'members'> {
  readonly open: (frame: Uint8Array) => Opened
  /** Reports that an invariant is broken. */
  readonly violated: (invariant: string, detail: string) => void
}

/** Watches a run for one invariant, or a few that belong together. */
export type Checker = (bench: Bench) => Watch
