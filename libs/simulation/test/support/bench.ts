import type { BatchHeader, CborValue, Envelope, PeerId, StoreOp, Submission } from '@quorate/contracts'
import {
  RECORD_KIND,
  SUBMISSION_KIND,
  createBatch,
  createVoterSet,
  decodeSubmission,
  encodeCbor,
  encodeHeader,
  encodeSubmission,
  recordShape,
  sha256,
  utf8,
  voteShape,
  type Vote
} from '@quorate/core'
import type { Checker } from '../../src/checkers/checker.ts'
import { watchAll } from '../../src/checkers/watch-all.ts'
import type { Member } from '../../src/cluster/member.ts'
import { createVirtualSigning } from '../../src/world/signing.ts'

export const GROUP = sha256(utf8('a group for checkers'))
export const PEERS = ['peer-1', 'peer-2', 'peer-3', 'peer-4'] as const

export interface Made {
  readonly header: BatchHeader
  readonly digest: string
  readonly submissions: readonly Submission[]
}

/** A checker with nothing around it: the test plays the nodes. */
export const createBench = (checker: Checker, honest: readonly PeerId[] = PEERS) => {
  const voters = createVoterSet(
    0,
    PEERS.map(peerId => ({ peerId, weight: 1 })),
    null
  )
  const signing = createVirtualSigning(GROUP)
  const violations: string[] = []
  const members: Member[] = []
  const bench = {
    groupId: GROUP,
    voters,
    strategy: 'pbft',
    honest: new Set(honest),
    members,
    open: signing.open,
    violated: (invariant: string) => void violations.push(invariant)
  }
  const watch = watchAll([checker(bench)], signing.open)
  let counter = 0

  const sign = (peer: PeerId, kind: string, body: CborValue): Envelope =>
    signing.signer(peer).sign(kind, body)

  const submission = (author: PeerId, ...drafts: { kind: string; body: Uint8Array }[]): Submission =>
    decodeSubmission(sign(author, SUBMISSION_KIND, encodeSubmission(++counter, drafts))) as Submission

  const record = (name: string) =>
    submission('peer-1', {
      kind: RECORD_KIND,
      body: encodeCbor(recordShape.encode({ statement: name, data: null }))
    })

  /** The next batch after the parent. */
  const batch = (parent: Made | undefined, submissions: readonly Submission[] = [record('r')]): Made => {
    const seq = (parent?.header.seq ?? 0) + 1
    const base = (parent?.header.base ?? 0) + (parent?.header.count ?? 0)
    return createBatch({ seq, parent: parent?.digest ?? GROUP, base, time: seq }, submissions)
  }

  const vote = (peer: PeerId, kind: string, about: Pick<Vote, 'view' | 'seq' | 'digest'>): Envelope =>
    sign(peer, kind, voteShape.encode({ epoch: 0, voterSet: voters.digest, ...about }))

  interface Executing {
    readonly view?: number
    readonly epoch?: number
    readonly signers?: readonly PeerId[]
    readonly kind?: string
    readonly writes?: readonly StoreOp[]
  }

  /** The node makes the batch durable as executed. */
  const executed = (node: PeerId, made: Made, how: Executing = {}): void => {
    const { view = 0, epoch = 0, signers = PEERS.slice(0, 3), kind = 'pbft/commit', writes = [] } = how
    const { seq } = made.header
    const votes = signers.map(peer => vote(peer, kind, { view, seq, digest: made.digest }).frame)
    const frames = made.submissions.map(({ frame }) => frame)
    const value = encodeCbor([encodeHeader(made.header), view, epoch, votes, frames])
    watch.committed(node, [
      { type: 'put', space: 'ledger/batch', key: String(seq), value },
      ...writes,
      { type: 'put', space: 'ledger/head', key: 'head', value: encodeCbor([seq]) }
    ])
  }

  return {
    voters,
    signing,
    violations,
    members,
    watch,
    sign,
    submission,
    batch,
    vote,
    executed,
    said: (node: PeerId, envelope: Envelope) => watch.said(node, envelope.frame)
  }
}

export const put = (space: string, key: string, value: CborValue): StoreOp => ({
  type: 'put',
  space,
  key,
  value: encodeCbor(value)
})
