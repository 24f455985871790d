import type { CborValue, Entry, Opened, StateReader, Submission, Verdict, VoterSet } from '@quorate/contracts'
import { ACCEPT, ignore, reject } from '@quorate/contracts'
import {
  DECISION_KIND,
  EVIDENCE_KIND,
  checkTally,
  conflictOf,
  decisionShape,
  decodeCbor,
  evidenceShape,
  recordShape
} from '@quorate/core'

/** What the fake ledger agrees on. Copied for every batch that is executed speculatively. */
export interface FakeState {
  readonly seq: number
  readonly digest: string
  readonly time: number
  readonly entries: number
  /** `author/counter` */
  readonly executed: ReadonlySet<string>
  /** proposal id -> outcome */
  readonly decided: ReadonlyMap<string, string>
  readonly convicted: ReadonlySet<string>
}

export interface Judge {
  readonly voters: VoterSet
  readonly open: (frame: Uint8Array) => Opened
}

const bodyOf = (entry: Entry): CborValue => decodeCbor(entry.body) ?? null

/** The statement of a record: `bad` is never valid, `at:<ms>` not before that agreed time. */
const judgeRecord = (entry: Entry, time: number): Verdict => {
  const record = recordShape.decode(bodyOf(entry))
  if (!record || record.statement === 'bad') return reject('record-bad')
  const [, at] = /^at:(\d+)/.exec(record.statement) ?? []
  return at !== undefined && time < Number(at) ? ignore('record-too-early') : ACCEPT
}

const decisionOf = (entry: Entry, { voters, open }: Judge) => {
  const decision = decisionShape.decode(bodyOf(entry))
  const tally = decision && checkTally(decision, voters, open)
  return decision && tally && !('code' in tally)
    ? { id: tally.proposalId, outcome: decision.outcome }
    : undefined
}

const convictionOf = (entry: Entry, { open }: Judge): string | undefined => {
  const pair = evidenceShape.decode(bodyOf(entry))
  const [first, second] = pair ? [open(pair.first), open(pair.second)] : []
  return first?.ok && second?.ok ? conflictOf(first.envelope, second.envelope)?.evidenceId : undefined
}

const judgeEntry = (state: FakeState, entry: Entry, at: Judge & { readonly time: number }): Verdict => {
  if (entry.kind === DECISION_KIND) {
    const decision = decisionOf(entry, at)
    if (!decision) return reject('decision-invalid')
    return state.decided.has(decision.id) ? reject('proposal-decided') : ACCEPT
  }
  if (entry.kind === EVIDENCE_KIND) {
    const id = convictionOf(entry, at)
    return id === undefined || state.convicted.has(id) ? reject('evidence-known') : ACCEPT
  }
  return judgeRecord(entry, at.time)
}

export const judgeSubmission = (
  state: FakeState,
  submission: Submission,
  at: Judge & { readonly time: number }
): Verdict => {
  if (state.executed.has(`${submission.author}/${submission.counter}`)) return reject('submission-executed')
  const verdicts = submission.entries.map(entry => judgeEntry(state, entry, at))
  return verdicts.find(({ outcome }) => outcome !== 'accept') ?? ACCEPT
}

/** The state after a submission, which must be valid. */
export const applySubmission = (state: FakeState, submission: Submission, judge: Judge): FakeState => {
  const decisions = submission.entries
    .filter(({ kind }) => kind === DECISION_KIND)
    .flatMap(entry => decisionOf(entry, judge) ?? [])
  const convictions = submission.entries
    .filter(({ kind }) => kind === EVIDENCE_KIND)
    .flatMap(entry => convictionOf(entry, judge) ?? [])
  return {
    ...state,
    executed: new Set([...state.executed, `${submission.author}/${submission.counter}`]),
    decided: new Map([...state.decided, ...decisions.map(({ id, outcome }) => [id, outcome] as const)]),
    convicted: new Set([...state.convicted, ...convictions])
  }
}

/** The part of the agreed state that the ballots machine reads. */
export const readerOf = (state: () => FakeState): StateReader => {
  const reader = (module: string): StateReader => ({
    get: key => {
      const [space, id = ''] = key.split('/')
      if (module === 'proposals' && space === 'decided') return state().decided.get(id)
      return module === 'evidence' && state().convicted.has(id) ? [] : undefined
    },
    range: () => [],
    module: reader
  })
  return reader('')
}
