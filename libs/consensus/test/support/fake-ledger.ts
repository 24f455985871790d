import type {
  Application,
  Batch,
  DecidedBatch,
  Digest,
  Effect,
  LedgerEvent,
  LedgerHistory,
  Machine,
  Opened,
  StateReader,
  Store,
  Submission,
  Verdict,
  VoterSet
} from '@quorate/contracts'
import { ACCEPT, ignore, reject } from '@quorate/contracts'
import {
  createBatch,
  decodeCbor,
  decodeHeader,
  decodeSubmission,
  encodeCbor,
  encodeHeader,
  headerDigest,
  invariant,
  sha256,
  utf8
} from '@quorate/core'
import { applySubmission, judgeSubmission, readerOf, type FakeState } from './fake-state.ts'

/** A replicated state machine that is simple enough to be obviously right: whole copies instead of layers. */
export interface FakeLedger {
  readonly application: Application
  readonly machine: Machine
  readonly history: LedgerHistory
  readonly state: StateReader
  /** Makes this node's state differ from everybody else's from now on. */
  corrupt(): void
  /** How often consensus asked for something. */
  readonly calls: { judge: number; propose: number; check: number; opened: number }
}

export interface FakeLedgerInit {
  readonly store: Store
  readonly groupId: string
  readonly voters: VoterSet
  readonly foundedAt: number
  readonly open: (frame: Uint8Array) => Opened
}

const BATCHES = 'fake/batch'
const rowKey = (seq: number): string => seq.toString().padStart(16, '0')

export const createFakeLedger = (init: FakeLedgerInit): FakeLedger => {
  const { store, voters } = init
  const calls = { judge: 0, propose: 0, check: 0, opened: 0 }
  const judge = { voters, open: init.open }
  let head: FakeState = {
    seq: 0,
    digest: init.groupId,
    time: init.foundedAt,
    entries: 0,
    executed: new Set(),
    decided: new Map(),
    convicted: new Set()
  }
  let salt = ''
  const speculative = new Map<Digest, FakeState>()
  const on = (digest: Digest): FakeState | undefined =>
    digest === head.digest ? head : speculative.get(digest)

  const run = (parent: FakeState, batch: Batch): FakeState | Verdict => {
    let state = parent
    for (const submission of batch.submissions) {
      const verdict = judgeSubmission(state, submission, { ...judge, time: batch.header.time })
      if (verdict.outcome !== 'accept') return reject(verdict.code)
      state = applySubmission(state, submission, judge)
    }
    const { seq, time, base, count } = batch.header
    return { ...state, seq, digest: batch.digest, time, entries: base + count }
  }

  const check = (batch: Batch): Verdict => {
    calls.check += 1
    if (speculative.has(batch.digest)) return ACCEPT
    const parent = on(batch.header.parent)
    if (!parent) return ignore('batch-parent-unknown')
    if (batch.header.seq !== parent.seq + 1) return reject('batch-seq-wrong')
    const result = run(parent, batch)
    if ('outcome' in result) return result
    speculative.set(batch.digest, result)
    return ACCEPT
  }

  const propose: Application['propose'] = (parentDigest, candidates, limits) => {
    calls.propose += 1
    const parent = on(parentDigest)
    if (!parent) return { batch: undefined, refused: [] }
    const time = Math.max(limits.time, parent.time)
    let state = parent
    const submissions: Submission[] = []
    const refused: { submission: Submission; code: string }[] = []
    for (const submission of candidates) {
      if (submissions.length === limits.entriesMax) break
      const verdict = judgeSubmission(state, submission, { ...judge, time })
      if (verdict.outcome === 'reject') refused.push({ submission, code: verdict.code })
      if (verdict.outcome !== 'accept') continue
      state = applySubmission(state, submission, judge)
      submissions.push(submission)
    }
    if (submissions.length === 0) return { batch: undefined, refused }
    const batch = createBatch(
      { seq: parent.seq + 1, parent: parent.digest, base: parent.entries, time },
      submissions
    )
    invariant(check(batch).outcome === 'accept', 'the fake ledger proposes what is valid')
    return { batch, refused }
  }

  const commit = (batch: Batch): FakeState => {
    invariant(batch.header.parent === head.digest, 'a batch follows the head')
    invariant(check(batch).outcome === 'accept', 'a decided batch is valid')
    const before = head
    head = speculative.get(batch.digest) as FakeState
    for (const [digest, state] of speculative) if (state.seq <= head.seq) speculative.delete(digest)
    return before
  }

  const eventsOf = (before: FakeState): LedgerEvent[] =>
    [...head.decided]
      .filter(([id]) => !before.decided.has(id))
      .map(([id, outcome]) => ({ type: 'proposal-decided', id, sequence: head.entries, data: outcome }))

  const stateDigest = (): Digest =>
    sha256(utf8(JSON.stringify([[...head.executed], [...head.decided], [...head.convicted], salt])))

  const execute = ({ batch, certificate, checkpoint }: DecidedBatch): Effect[] => {
    const before = commit(batch)
    const { view, epoch, votes } = certificate
    const frames = batch.submissions.map(({ frame }) => frame)
    const value = encodeCbor([encodeHeader(batch.header), view, epoch, votes, frames])
    const executed = { batch, stateDigest: checkpoint ? stateDigest() : undefined }
    return [
      { type: 'persist', ops: [{ type: 'put', space: BATCHES, key: rowKey(batch.header.seq), value }] },
      { type: 'route', command: { name: 'consensus.executed', payload: executed } },
      ...eventsOf(before).map((event): Effect => ({
        type: 'route',
        command: { name: 'ledger.event', payload: event }
      }))
    ]
  }

  const raw: LedgerHistory['raw'] = seq => {
    const bytes = store.get(BATCHES, rowKey(seq))
    if (!bytes) return undefined
    const [header, view, epoch, votes, submissions] = decodeCbor(bytes) as [
      Uint8Array,
      number,
      number,
      Uint8Array[],
      Uint8Array[]
    ]
    return { header, submissions, certificate: { view, epoch, votes } }
  }

  const batchAt: LedgerHistory['batch'] = seq => {
    calls.opened += 1
    const found = raw(seq)
    const header = found && decodeHeader(found.header)
    if (!found || !header) return undefined
    const submissions = found.submissions.map(frame => {
      const opened = init.open(frame)
      invariant(opened.ok, 'a stored submission opens')
      return decodeSubmission(opened.envelope) as Submission
    })
    return { batch: { header, digest: headerDigest(header), submissions }, certificate: found.certificate }
  }

  for (let seq = 1, found = batchAt(seq); found; found = batchAt(++seq)) commit(found.batch)
  calls.opened = 0

  return {
    application: {
      head: () => head,
      voters: () => voters,
      propose,
      judge: (submission, time) => {
        calls.judge += 1
        return judgeSubmission(head, submission, { ...judge, time: Math.max(time, head.time) })
      },
      check,
      isExecuted: ({ author, counter }) => head.executed.has(`${author}/${counter}`),
      forget: () => speculative.clear()
    },
    machine: {
      name: 'ledger',
      codecs: [],
      start: () => [],
      step: input =>
        input.type === 'command' && input.command.name === 'ledger.execute'
          ? execute(input.command.payload as DecidedBatch)
          : []
    },
    history: {
      raw,
      batch: batchAt,
      entries: () => [],
      entry: () => undefined,
      batchOf: () => undefined,
      find: () => undefined
    },
    state: readerOf(() => head),
    corrupt: () => {
      salt = 'corrupt'
    },
    calls
  }
}
