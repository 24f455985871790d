import type {
  Batch,
  Effect,
  Entry,
  EntryDraft,
  FoundingDocument,
  Ledger,
  LedgerModule,
  Signing,
  Store,
  Submission
} from '@quorate/contracts'
import { ACCEPT, ignore, reject } from '@quorate/contracts'
import {
  BALLOT_KIND,
  DECISION_KIND,
  EVIDENCE_KIND,
  PROPOSAL_KIND,
  RECORD_KIND,
  ballotShape,
  decisionShape,
  decodeSubmission,
  encodeCbor,
  encodeFounding,
  encodeSubmission,
  evidenceShape,
  foundingVoterSet,
  fromUtf8,
  groupIdOf,
  invariant,
  proposalShape,
  recordShape,
  utf8,
  type Ballot
} from '@quorate/core'
import { createKeyedSigning, createMemoryStore } from '@quorate/test-support'
import { createLedger } from '../../src/index.ts'

export const START_MS = 1_800_000_000_000

export const FOUNDING: FoundingDocument = {
  version: 1,
  name: 'ledger tests',
  createdAt: START_MS,
  nonce: new Uint8Array(16),
  members: [1, 2, 3, 4, 5].map(number => ({
    peerId: `peer-${number}`,
    member: `m${number}`,
    role: number === 5 ? 'observer' : 'voter',
    weight: 1
  })),
  faultTolerance: null,
  consensus: { name: 'pbft', version: 1, config: {} },
  auction: { name: 'none', version: 1, config: {} }
}

export const GROUP_ID = groupIdOf(encodeFounding(FOUNDING))
export const VOTERS = foundingVoterSet(FOUNDING)
export const signer = (number: number): Signing => createKeyedSigning(GROUP_ID, `peer-${number}`)

/** Keys and values that entries put: `key=value`, or `key=` to delete; `bad` is refused, `later` is too early. */
export const notesModule: LedgerModule = {
  name: 'notes',
  kinds: ['note'],
  bulkKinds: ['note'],
  idOf: entry => entry.digest,
  validate: (_, entry) => {
    const text = textOf(entry)
    if (text === 'later') return ignore('note-too-early')
    return text === 'bad' ? reject('note-bad') : ACCEPT
  },
  apply: (state, entry, { sequence }) => {
    const [key = '', value = ''] = textOf(entry).split('=')
    if (value === '') state.delete(key)
    else state.put(key, value)
    return [{ type: 'noted', id: entry.digest, sequence, data: key }]
  }
}

/** Like an agent's address: the id of what it is about is no digest. One at a time. */
export const namesModule: LedgerModule = {
  ...notesModule,
  name: 'names',
  kinds: ['name'],
  bulkKinds: [],
  idOf: entry => `member/${textOf(entry)}`
}

const textOf = (entry: Entry): string => fromUtf8(entry.body) ?? ''

export const note = (text: string): EntryDraft => ({ kind: 'note', body: utf8(text) })
export const name = (text: string): EntryDraft => ({ kind: 'name', body: utf8(text) })
export const record = (statement: string): EntryDraft => ({
  kind: RECORD_KIND,
  body: encodeCbor(recordShape.encode({ statement, data: null }))
})

export const submission = (author: number, counter: number, ...drafts: readonly EntryDraft[]): Submission => {
  const decoded = decodeSubmission(signer(author).sign('submission', encodeSubmission(counter, drafts)))
  invariant(decoded, 'the test makes good submissions')
  return decoded
}

/** A ledger that a test drives as consensus would. */
export interface TestLedger extends Ledger {
  readonly store: Store
  /** Proposes on the head and executes; the batch, or undefined when nothing was valid. */
  decide(submissions: readonly Submission[], checkpoint?: boolean): Batch | undefined
  execute(batch: Batch, checkpoint?: boolean): readonly Effect[]
}

export const LIMITS_OPEN = { time: START_MS, entriesMax: 10_000, bytesMax: 10_000_000 }

export const openLedger = (store: Store = createMemoryStore()): TestLedger => {
  const open = signer(1).open
  const modules = [notesModule, namesModule]
  const ledger = createLedger({ store, groupId: GROUP_ID, founding: FOUNDING, modules, open })
  const carryOut = (effects: readonly Effect[]): readonly Effect[] => {
    const ops = effects.flatMap(effect => (effect.type === 'persist' ? effect.ops : []))
    if (ops.length > 0) store.commit(ops)
    return effects
  }
  carryOut(ledger.machine.start(START_MS))
  const execute = (batch: Batch, checkpoint = false): readonly Effect[] => {
    const payload = { batch, certificate: { view: 0, epoch: 0, votes: [new Uint8Array([1])] }, checkpoint }
    const command = { name: 'ledger.execute', payload }
    return carryOut(ledger.machine.step({ type: 'command', command }, START_MS))
  }
  return {
    ...ledger,
    store,
    execute,
    decide: (submissions, checkpoint) => {
      const { batch } = ledger.application.propose(ledger.application.head().digest, submissions, LIMITS_OPEN)
      if (batch) execute(batch, checkpoint)
      return batch
    }
  }
}

export interface ProposalInit {
  readonly statement?: string
  readonly deadline?: number
}

export const proposalFrame = ({
  statement = 'a question',
  deadline = START_MS + 60_000
}: ProposalInit = {}) =>
  signer(1).sign(
    PROPOSAL_KIND,
    proposalShape.encode({
      statement,
      data: null,
      options: [],
      tally: null,
      createdAt: START_MS,
      deadline,
      nonce: new Uint8Array(16)
    })
  )

export const ballotFrame = (voter: number, proposal: string, over: Partial<Ballot> = {}) =>
  signer(voter).sign(
    BALLOT_KIND,
    ballotShape.encode({
      proposal,
      epoch: 0,
      voterSet: VOTERS.digest,
      verdict: 'accept',
      confidencePpm: 1_000_000,
      reason: '',
      options: [],
      ...over
    })
  )

export const decision = (
  proposal: ReturnType<typeof proposalFrame>,
  voters: readonly number[],
  outcome: 'accepted' | 'rejected' = 'accepted'
): EntryDraft => {
  const verdict = outcome === 'accepted' ? 'accept' : 'reject'
  const ballots = voters.map(voter => ballotFrame(voter, proposal.digest, { verdict }).frame)
  const body = encodeCbor(decisionShape.encode({ proposal: proposal.frame, outcome, ballots }))
  return { kind: DECISION_KIND, body }
}

export const evidence = (first: Uint8Array, second: Uint8Array): EntryDraft => ({
  kind: EVIDENCE_KIND,
  body: encodeCbor(evidenceShape.encode({ first, second }))
})
