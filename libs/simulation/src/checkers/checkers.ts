import type { PeerId, Signing, StoreOp, VoterSet } from '@quorate/contracts'
import {
  commitKind,
  conflictOf,
  decodeCbor,
  decodeHeader,
  decodeSubmission,
  headerDigest,
  isVoter,
  voteShape
} from '@quorate/core'

/** What must hold after every step. A broken one is a violation, with the name of the invariant. */
export interface Checker {
  /** A node has made these operations durable. */
  committed(node: PeerId, ops: readonly StoreOp[]): void
  /** An honest node has said this. */
  said(node: PeerId, frame: Uint8Array): void
  readonly violations: readonly string[]
  /** Digests of the agreed ledger by sequence number. */
  readonly ledger: ReadonlyMap<number, string>
  /** How far each node has executed. */
  readonly heights: ReadonlyMap<PeerId, number>
  /** Submissions on the ledger: `author/counter`. */
  readonly executed: ReadonlySet<string>
}

const BATCHES = 'ledger/batch'

export interface CheckerInit {
  readonly voters: VoterSet
  readonly strategy: string
  readonly signing: Signing
}

/**
 * Log-prefix agreement, gap-free execution, execute-once, q valid commits of one view per decided batch, and no honest
 * equivocation, across crashes. Source: the invariants of docs/testing.md.
 */
export const createChecker = (init: CheckerInit): Checker => {
  const violations: string[] = []
  const ledger = new Map<number, string>()
  const heights = new Map<PeerId, number>()
  const executed = new Set<string>()
  const votes = new Map<string, Uint8Array>()

  const violated = (invariant: string, detail: string): void =>
    void violations.push(`${invariant}: ${detail}`)

  const onBatch = (node: PeerId, value: Uint8Array): void => {
    const row = decodeCbor(value) as [Uint8Array, number, number, Uint8Array[], Uint8Array[]]
    const header = decodeHeader(row[0])
    if (!header) return violated('readable', `${node} stored a batch without a header`)
    const digest = headerDigest(header)
    if ((heights.get(node) ?? 0) + 1 !== header.seq)
      violated('gap-free', `${node} executed ${header.seq} after ${heights.get(node) ?? 0}`)
    heights.set(node, header.seq)
    const agreed = ledger.get(header.seq)
    if (agreed === undefined) {
      ledger.set(header.seq, digest)
      executeOnce(row[4])
      certified(node, { seq: header.seq, digest, votes: row[3], view: row[1] })
    } else if (agreed !== digest) violated('agreement', `${node} has another batch at ${header.seq}`)
  }

  const executeOnce = (frames: readonly Uint8Array[]): void => {
    for (const frame of frames) {
      const opened = init.signing.open(frame)
      const submission = opened.ok ? decodeSubmission(opened.envelope) : undefined
      if (!submission) violated('validity', 'a submission on the ledger is not validly signed')
      const id = `${submission?.author}/${submission?.counter}`
      if (executed.has(id)) violated('execute-once', `submission ${id}`)
      executed.add(id)
    }
  }

  const certified = (
    node: PeerId,
    decided: { seq: number; digest: string; votes: readonly Uint8Array[]; view: number }
  ): void => {
    const signers = new Set<string>()
    for (const frame of decided.votes) {
      const opened = init.signing.open(frame)
      const vote = opened.ok ? voteShape.decode(opened.envelope.body) : undefined
      if (!opened.ok || !vote) continue
      const fits = vote.seq === decided.seq && vote.digest === decided.digest && vote.view === decided.view
      const { kind, author } = opened.envelope
      if (fits && kind === commitKind(init.strategy) && isVoter(init.voters, author)) signers.add(author)
    }
    if (signers.size < init.voters.quorum)
      violated('certificate', `${node} decided ${decided.seq} with ${signers.size} commits`)
  }

  const said = (node: PeerId, frame: Uint8Array): void => {
    const opened = init.signing.open(frame)
    if (!opened.ok || opened.envelope.author !== node) return
    const { kind, body } = opened.envelope
    const vote = voteShape.decode(body)
    const place = vote
      ? `${vote.epoch}/${vote.view}/${vote.seq}`
      : kind === 'ballot'
        ? String((body as unknown[])[0])
        : undefined
    if (place === undefined) return
    const key = `${node}/${kind}/${place}`
    const before = votes.get(key)
    if (!before) return void votes.set(key, frame)
    const first = init.signing.open(before)
    if (first.ok && conflictOf(first.envelope, opened.envelope)) violated('no-honest-equivocation', key)
  }

  return {
    committed: (node, ops) => {
      for (const op of ops) if (op.type === 'put' && op.space === BATCHES) onBatch(node, op.value)
    },
    said,
    violations,
    ledger,
    heights,
    executed
  }
}
