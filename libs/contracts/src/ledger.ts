import type { Opened } from './envelope.ts'
import type { FoundingDocument, VoterSet } from './group.ts'
import type { CborValue, Digest, GroupId, PeerId, TimeMs } from './ids.ts'
import type { Machine } from './machine.ts'
import type { StoreReader } from './store.ts'
import type { Verdict } from './verdict.ts'

/** One thing to be put on the ledger: a kind that a ledger module owns, and its body as canonical CBOR bytes. */
export interface EntryDraft {
  readonly kind: string
  readonly body: Uint8Array
}

/** An entry inside a submission: who asked for it, and its place there. */
export interface Entry extends EntryDraft {
  readonly author: PeerId
  /** The author's submission counter. */
  readonly counter: number
  /** Position inside the submission, from 0. */
  readonly index: number
  /** Merkle leaf hash of the entry (docs/protocol/wire.md, rule W32). */
  readonly digest: Digest
}

/** Entries that one member asks to have ordered together, signed once. */
export interface Submission {
  readonly author: PeerId
  /** Strictly increasing per author; makes execution idempotent. */
  readonly counter: number
  readonly entries: readonly Entry[]
  readonly digest: Digest
  readonly frame: Uint8Array
}

export interface BatchHeader {
  /** Consensus sequence number, from 1, gap-free. */
  readonly seq: number
  /** Digest of the batch at seq - 1; the group id for seq 1. */
  readonly parent: Digest
  /** How many entries the ledger holds before this batch: its first entry has ledger sequence base + 1. */
  readonly base: number
  /** Agreed time: the primary's clock, never less than the parent's. */
  readonly time: TimeMs
  readonly count: number
  /** Merkle root of the entries' digests. */
  readonly root: Digest
}

/** What consensus orders. `digest` is the sha256 of the header's canonical bytes. */
export interface Batch {
  readonly header: BatchHeader
  readonly digest: Digest
  readonly submissions: readonly Submission[]
}

/** Proof that a batch is decided: `quorum` commit votes of one view, as frames. */
export interface CommitCertificate {
  readonly view: number
  readonly epoch: number
  readonly votes: readonly Uint8Array[]
}

/** The state that ledger modules see: ordered keys inside the module's own space, values immutable. */
export interface StateReader {
  get(key: string): CborValue | undefined
  /** Keys that begin with the prefix, in ascending order. */
  range(prefix: string): readonly (readonly [key: string, value: CborValue])[]
  /** Read-only view of another module's space. */
  module(name: string): StateReader
}

export interface StateWriter extends StateReader {
  put(key: string, value: CborValue): void
  delete(key: string): void
}

export interface LedgerContext {
  /** Agreed time of the batch. */
  readonly time: TimeMs
  readonly seq: number
  /** Digest of the batch before this one: agreed, and not known before that batch was. */
  readonly parent: Digest
  /** Ledger sequence of the entry, from 1. */
  readonly sequence: number
  readonly epoch: VoterSet
}

/** What applying an entry tells the rest of the node. `id` names the object that it is about. */
export interface LedgerEvent {
  readonly type: string
  readonly id: string
  readonly sequence: number
  readonly data: CborValue
}

/**
 * A pure reducer of one kind of ledger state. Deterministic: integers only, no clock but `context.time`.
 *
 * An entry that is not valid never enters a batch: every voter runs `validate` and `apply` on top of the parent's state
 * before it prepares (docs/protocol/consensus.md, "external validity"). `ignore` means not valid yet (kept in the pool),
 * `reject` never valid (dropped, and the submitter is told the code).
 */
export interface LedgerModule {
  readonly name: string
  readonly kinds: readonly string[]
  /** Kinds whose validity does not depend on the state: many of them may share a submission. */
  readonly bulkKinds: readonly string[]
  /** The id of the object that the entry is about, for `ledger list`. */
  idOf(entry: Entry): string
  /** Writes the state at founding. */
  found?(state: StateWriter): void
  validate(state: StateReader, entry: Entry, context: LedgerContext): Verdict
  apply(state: StateWriter, entry: Entry, context: LedgerContext): readonly LedgerEvent[]
}

/** Outcome of choosing from the pool: what fits, what can never be valid, what has to wait. */
export interface Selection {
  readonly batch: Batch | undefined
  readonly refused: readonly { readonly submission: Submission; readonly code: string }[]
}

/**
 * The replicated state machine as the consensus strategy sees it. Synchronous and deterministic.
 *
 * Speculation: `propose` and `check` execute a batch on top of its parent's (possibly still undecided) state and keep
 * the result under the batch's digest, so that batches can be in flight in parallel; `forget` drops what is not decided.
 */
export interface Application {
  /** The last executed batch. */
  head(): { readonly seq: number; readonly digest: Digest; readonly time: TimeMs; readonly entries: number }
  voters(): VoterSet
  /** Makes a batch on top of `parent` from candidates in order, within the limits. `batch` is undefined when none is valid. */
  propose(parent: Digest, candidates: readonly Submission[], limits: BatchLimits): Selection
  /** Would the submission be valid on top of the last executed batch, at that agreed time? */
  judge(submission: Submission, time: TimeMs): Verdict
  /** Accept: executed speculatively. Ignore: the parent is not known. Reject: an entry is not valid. */
  check(batch: Batch): Verdict
  /** Has this submission been executed, or is its counter too old to tell? */
  isExecuted(submission: { readonly author: PeerId; readonly counter: number }): boolean
  /** Drops all speculative state. */
  forget(): void
}

export interface BatchLimits {
  readonly time: TimeMs
  readonly entriesMax: number
  readonly bytesMax: number
}

/** Routed by the consensus strategy to the ledger when a batch is decided, in sequence order: command `ledger.execute`. */
export interface DecidedBatch {
  readonly batch: Batch
  readonly certificate: CommitCertificate
  /** Asks for the digest of the state after this batch (a checkpoint). */
  readonly checkpoint: boolean
}

/** Routed back to the strategy after execution: command `consensus.executed`. */
export interface ExecutedBatch {
  readonly batch: Batch
  /** Digest of the whole state; present when it was asked for. */
  readonly stateDigest: Digest | undefined
}

/**
 * Asks this node to have entries ordered as one submission: command `consensus.submit`. The outcome comes as an event
 * `submission-executed {token, sequence, digests}` or `submission-refused {token, code}`, and as a command of the same
 * name to the machine that the token begins with (`machine:rest`).
 */
export interface SubmitRequest {
  readonly drafts: readonly EntryDraft[]
  /** Chosen by the caller, unique while pending. Forgotten when the daemon restarts; the entries are not. */
  readonly token: string
}

/** One entry of the ledger with its place. */
export interface PlacedEntry {
  readonly sequence: number
  readonly entry: Entry
  /** Id of the object that the entry is about. */
  readonly id: string
  /** Agreed time of its batch. */
  readonly time: TimeMs
}

/** A batch read back from history, with its proof. */
export interface HistoricBatch {
  readonly batch: Batch
  readonly certificate: CommitCertificate
}

/** A batch as history holds it, with nothing opened: what a peer that catches up is sent. */
export interface RawBatch {
  /** Canonical bytes of the header. */
  readonly header: Uint8Array
  /** Submission frames in order. */
  readonly submissions: readonly Uint8Array[]
  readonly certificate: CommitCertificate
}

/** The ledger's past: everything that was executed, for queries, receipts and peers that catch up. */
export interface LedgerHistory {
  batch(seq: number): HistoricBatch | undefined
  /** Costs one read: no signature is checked and no entry is hashed. */
  raw(seq: number): RawBatch | undefined
  /** Entries with sequence > since, at most `limit`. */
  entries(since: number, limit: number): PlacedEntry[]
  entry(sequence: number): PlacedEntry | undefined
  /** The batch that holds the entry of that sequence. */
  batchOf(sequence: number): HistoricBatch | undefined
  /** Ledger sequence of the first entry about that object. */
  find(id: string): number | undefined
}

export interface LedgerInit {
  readonly store: StoreReader
  readonly groupId: GroupId
  readonly founding: FoundingDocument
  /** Modules beside the built-in ones (membership, proposals, evidence). */
  readonly modules: readonly LedgerModule[]
  readonly open: (frame: Uint8Array) => Opened
}

/** Everything about the ledger of one node. */
export interface Ledger {
  readonly application: Application
  readonly machine: Machine
  readonly history: LedgerHistory
  /** The state as executed; `state.module(name)` reads a module's space. */
  readonly state: StateReader
}

export interface LedgerFactory {
  readonly name: string
  create(init: LedgerInit): Ledger
}
