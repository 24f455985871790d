import type {
  Application,
  Batch,
  BatchHeader,
  CommitCertificate,
  Digest,
  Effect,
  Envelope,
  GroupId,
  LedgerHistory,
  PeerId,
  Signing,
  TimeMs,
  Verified,
  VoterSet
} from '@quorate/contracts'
import { BoundedMap, isVoter, type Vote } from '@quorate/core'
import type { Pool } from '../pool/pool.ts'
import type { PbftConfig } from './config.ts'
import type { Early } from './future.ts'
import type { NewViewBody } from './messages.ts'

export type VoteEnvelope = Envelope<Vote>
export type Message<Body> = Verified<Envelope<Body>>

/** A PRE-PREPARE of the current view that was accepted: the batch is valid and no other was accepted at its place. */
export interface Accepted {
  readonly prePrepare: VoteEnvelope
  readonly batch: Batch
  readonly at: TimeMs
}

/** Prepared certificate: PRE-PREPARE and q-1 matching PREPAREs of distinct backups. Survives view changes. */
export interface Prepared {
  readonly view: number
  readonly header: BatchHeader
  readonly digest: Digest
  readonly prePrepare: Uint8Array
  readonly prepares: readonly Uint8Array[]
}

/** One undecided sequence number. Votes are those of the current view. */
export interface Slot {
  accepted: Accepted | undefined
  prepares: Map<PeerId, VoteEnvelope>
  commits: Map<PeerId, VoteEnvelope>
  prepared: Prepared | undefined
  commitSent: boolean
}

/** A PRE-PREPARE that waits for its batch's content or for the sequence number before it. */
export interface Held {
  readonly prePrepare: VoteEnvelope
  /** False when a NEW-VIEW carries it: its time was judged in an earlier view. */
  readonly fresh: boolean
}

/** A validated VIEW-CHANGE. */
export interface ViewChange {
  readonly author: PeerId
  readonly view: number
  readonly frame: Uint8Array
  readonly base: { readonly seq: number; readonly digest: Digest }
  readonly prepared: readonly Prepared[]
}

export interface Decided {
  readonly batch: Batch
  readonly certificate: CommitCertificate
}

/** Everything that one pbft machine knows. Changed only inside a step. */
export interface PbftState {
  view: number
  /** False between VIEW-CHANGE and NEW-VIEW: no voting in the old view. */
  active: boolean
  /** Own state differs from a certified checkpoint: never votes again. */
  diverged: boolean
  executed: number
  /** Last stable checkpoint (the low watermark h), and what a quorum says that the state was there. */
  stable: number
  stableDigest: Digest | undefined
  /** What this node's own state was at its last checkpoint, whether it votes or not. */
  ownState: { readonly seq: number; readonly digest: Digest } | undefined
  viewEnteredAt: TimeMs
  /** When a batch that was at least half full was last executed: the primary has much to do, and does it. */
  fullBatchAt: TimeMs
  /** Views that failed in a row; each doubles the timeout. */
  failures: number
  slots: Map<number, Slot>
  /** Votes on places that were executed lately: a second, different one still convicts. */
  past: Map<number, Pick<Slot, 'prepares' | 'commits'> & { readonly prePrepare: VoteEnvelope | undefined }>
  held: Map<number, Held>
  contents: Map<Digest, Batch>
  wanted: Set<Digest>
  /** Decided batches whose turn has not come. */
  decided: Map<number, Decided>
  /** Own frames to repeat while undecided: `seq/kind` -> frame. */
  said: Map<string, Uint8Array>
  viewChanges: Map<PeerId, ViewChange>
  ownViewChange: Uint8Array | undefined
  newView: Uint8Array | undefined
  /** A valid NEW-VIEW that builds on a batch which is not executed here yet. */
  pendingNewView: { readonly message: Message<NewViewBody>; readonly base: number } | undefined
  future: Map<PeerId, Early[]>
  ownCheckpoint: Uint8Array | undefined
  checkpoints: Map<PeerId, VoteEnvelope>
  /** How far each peer says it has executed; a hint, never a proof. */
  progress: Map<PeerId, number>
  /** `peer kind` of conflicts that were submitted as evidence already. */
  accused: BoundedMap<string, true>
  /** The last executed batch with its proof; undefined at the founding. */
  last: Decided | undefined
  /** The sequence number that the ledger is executing within this step. */
  executing: number | undefined
  /** `executed` at the last status tick: a node that stands still while others are ahead asks for what it lacks. */
  executedAtTick: number
  /** When a quorum of VIEW-CHANGEs for the view was first held; starts the NEW-VIEW timer. */
  quorumAt: TimeMs | undefined
  /** Due time of the armed request timer. */
  timerDue: TimeMs | undefined
  relayArmed: boolean
  /** Due times of the timers by which the primary wakes itself. */
  armed: Map<string, TimeMs>
  /** Catch-up: asked up to this sequence number, at this time. */
  asked: { readonly to: number; readonly at: TimeMs } | undefined
  /** Questions that stayed unanswered: whose turn it is to be asked. */
  askTurn: number
  /** What each peer was served last, so that nobody can have the same sent over and over. */
  served: Map<PeerId, { readonly next: number; readonly at: TimeMs }>
  servedContent: Map<PeerId, TimeMs>
  /** When each peer was last helped into this node's view. */
  helped: Map<PeerId, TimeMs>
}

/** A machine's parts and the effects of the step that is being made. */
export interface Pbft {
  readonly config: PbftConfig
  readonly signing: Signing
  readonly application: Application
  readonly history: LedgerHistory
  /** The parent of the first batch. */
  readonly groupId: GroupId
  readonly pool: Pool
  readonly state: PbftState
  now: TimeMs
  out: Effect[]
  /** Why this step gives the primary (or the view that it waits for) up; acted on at the step's end. */
  suspected: string | undefined
}

const ACCUSED_MAX = 4_096

export const createState = (executed: number): PbftState => ({
  view: 0,
  active: true,
  diverged: false,
  executed,
  stable: 0,
  stableDigest: undefined,
  ownState: undefined,
  viewEnteredAt: 0,
  fullBatchAt: 0,
  failures: 0,
  slots: new Map(),
  past: new Map(),
  held: new Map(),
  contents: new Map(),
  wanted: new Set(),
  decided: new Map(),
  said: new Map(),
  viewChanges: new Map(),
  ownViewChange: undefined,
  newView: undefined,
  pendingNewView: undefined,
  future: new Map(),
  ownCheckpoint: undefined,
  checkpoints: new Map(),
  progress: new Map(),
  accused: new BoundedMap(ACCUSED_MAX),
  last: undefined,
  executing: undefined,
  executedAtTick: -1,
  quorumAt: undefined,
  timerDue: undefined,
  relayArmed: false,
  armed: new Map(),
  asked: undefined,
  askTurn: 0,
  served: new Map(),
  servedContent: new Map(),
  helped: new Map()
})

export const voters = (p: Pbft): VoterSet => p.application.voters()

/** The primary of a view: voters in canonical order take turns. Source: Castro and Liskov 1999, section 4 (p = v mod n). */
export const primaryOf = (set: VoterSet, view: number): PeerId =>
  (set.voters[view % set.voters.length] as { peerId: PeerId }).peerId

export const selfVotes = (p: Pbft): boolean => !p.state.diverged && isVoter(voters(p), p.signing.self)

export const isPrimary = (p: Pbft): boolean => primaryOf(voters(p), p.state.view) === p.signing.self

/** The last sequence number that messages are kept for: twice the window, and 2K past the stable checkpoint (h+L). */
export const lastSeq = (p: Pbft): number =>
  Math.min(p.state.executed + 2 * p.config.window, p.state.stable + 2 * p.config.checkpointInterval)

export const slotAt = (p: Pbft, seq: number): Slot => {
  const known = p.state.slots.get(seq)
  if (known) return known
  const made: Slot = {
    accepted: undefined,
    prepares: new Map(),
    commits: new Map(),
    prepared: undefined,
    commitSent: false
  }
  p.state.slots.set(seq, made)
  return made
}

export const emit = (p: Pbft, ...effects: readonly Effect[]): void => void p.out.push(...effects)

export const charge = (p: Pbft, peer: PeerId, code: string): void => emit(p, { type: 'charge', peer, code })

export const toVoters = (p: Pbft, frame: Uint8Array): void =>
  emit(p, { type: 'broadcast', frame, reach: 'voters' })

export const sendTo = (p: Pbft, to: PeerId, frame: Uint8Array): void => emit(p, { type: 'send', to, frame })
