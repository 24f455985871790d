import { describe, expect, it } from 'vitest'
import { ACCEPT, reject, type EntryDraft } from '@quorate/contracts'
import {
  BALLOT_KIND,
  DECISION_KIND,
  LIMITS,
  ballotShape,
  conflictOf,
  encodeCbor,
  voteShape
} from '@quorate/core'
import {
  CONVICTIONS_MAX,
  ORDERING_GRACE_MS,
  createVoterSetReader,
  readConvictions,
  readDecided,
  readMembers
} from '../../src/index.ts'
import {
  GROUP_ID,
  LIMITS_OPEN,
  START_MS,
  VOTERS,
  ballotFrame,
  decision,
  evidence,
  openLedger,
  proposalFrame,
  record,
  signer,
  submission,
  type TestLedger
} from '../support/group.ts'

let counter = 0
const judge = (ledger: TestLedger, draft: EntryDraft, time = START_MS) =>
  ledger.application.judge(submission(1, ++counter, draft), time)
const decide = (ledger: TestLedger, draft: EntryDraft) => ledger.decide([submission(1, ++counter, draft)])

describe('membership', () => {
  it('is what the group was founded on', () => {
    const { state, application } = openLedger()
    expect(readMembers(state).map(({ member, role }) => `${member} ${role}`)).toEqual([
      'm1 voter',
      'm2 voter',
      'm3 voter',
      'm4 voter',
      'm5 observer'
    ])
    expect(application.voters()).toEqual(VOTERS)
    expect(createVoterSetReader()(state)).toMatchObject({ quorum: 3, faultTolerance: 1 })
  })
})

describe('decisions', () => {
  it('are accepted with q accepts, and with n-q+1 rejects (C40)', () => {
    const ledger = openLedger()
    const proposal = proposalFrame()
    expect(judge(ledger, decision(proposal, [1, 2, 3]))).toEqual(ACCEPT)
    expect(judge(ledger, decision(proposal, [1, 2], 'rejected'))).toEqual(ACCEPT)
  })

  it.each([
    ['too few accepts', () => decision(proposalFrame(), [1, 2]), 'tally-below-threshold'],
    ['too few rejects', () => decision(proposalFrame(), [1], 'rejected'), 'tally-below-threshold'],
    ['a voter twice', () => decision(proposalFrame(), [1, 2, 2]), 'tally-duplicate-signer'],
    ['an observer', () => decision(proposalFrame(), [1, 2, 5]), 'tally-not-a-voter'],
    ['a body of another form', () => ({ kind: DECISION_KIND, body: encodeCbor([1]) }), 'decision-malformed'],
    ['no CBOR at all', () => ({ kind: DECISION_KIND, body: new Uint8Array([255]) }), 'decision-malformed']
  ])('are refused with %s (C40)', (_, draft, code) => {
    expect(judge(openLedger(), draft())).toEqual(reject(code))
  })

  it('are final: the first that is ordered stands (C43)', () => {
    const ledger = openLedger()
    const proposal = proposalFrame()
    decide(ledger, decision(proposal, [1, 2, 3]))
    expect(readDecided(ledger.state, proposal.digest)).toEqual({ outcome: 'accepted', sequence: 1 })
    expect(judge(ledger, decision(proposal, [3, 4], 'rejected'))).toEqual(reject('proposal-decided'))
    expect(judge(ledger, decision(proposal, [2, 3, 4]))).toEqual(reject('proposal-decided'))
  })

  it('may be ordered for a while after the deadline, and not later (C44)', () => {
    const ledger = openLedger()
    const proposal = proposalFrame({ deadline: START_MS + 1_000 })
    const last = START_MS + 1_000 + ORDERING_GRACE_MS
    expect(judge(ledger, decision(proposal, [1, 2, 3]), last)).toEqual(ACCEPT)
    expect(judge(ledger, decision(proposal, [1, 2, 3]), last + 1)).toEqual(reject('proposal-expired'))
  })

  it('are forgotten when no certificate for them could be ordered any more (C44)', () => {
    const ledger = openLedger()
    const old = proposalFrame({ statement: 'old', deadline: START_MS + 1 })
    decide(ledger, decision(old, [1, 2, 3]))
    const late = START_MS + 2 * ORDERING_GRACE_MS
    for (let i = 0; i < 64; i++) {
      const next = decision(proposalFrame({ statement: `${i}`, deadline: late + 60_000 }), [1, 2, 3])
      const { application } = ledger
      const candidates = [submission(1, ++counter, next)]
      const { batch } = application.propose(application.head().digest, candidates, {
        ...LIMITS_OPEN,
        time: late
      })
      if (batch) ledger.execute(batch)
    }
    expect(readDecided(ledger.state, old.digest)).toBeUndefined()
    expect(ledger.state.module('proposals').range('expiry/')).toHaveLength(64)
  })

  it('tell what was decided, with the confidence as a statistic (C41)', () => {
    const ledger = openLedger()
    const proposal = proposalFrame({ statement: 'ship it?' })
    const { application } = ledger
    const candidates = [submission(1, ++counter, decision(proposal, [1, 2, 3]))]
    const { batch } = application.propose(application.head().digest, candidates, LIMITS_OPEN)
    const effects = batch ? ledger.execute(batch) : []
    expect(effects).toContainEqual({
      type: 'notify',
      event: {
        type: 'proposal-decided',
        durable: true,
        data: {
          id: proposal.digest,
          sequence: 1,
          time: START_MS,
          data: { outcome: 'accepted', statement: 'ship it?', confidencePpm: 750_000 }
        }
      }
    })
  })
})

describe('records', () => {
  it('are valid when they have their form, many in one submission (C46)', () => {
    const ledger = openLedger()
    expect(ledger.decide([submission(2, 1, record('one'), record('two'))])?.header.count).toBe(2)
    expect(judge(ledger, { kind: 'record', body: encodeCbor(['']) })).toEqual(reject('record-malformed'))
    expect(judge(ledger, record('x'.repeat(LIMITS.statementBytesMax + 1)))).toEqual(
      reject('record-malformed')
    )
  })
})

describe('evidence', () => {
  const vote = (author: number, digest: string, over: object = {}) =>
    signer(author).sign(
      'pbft/prepare',
      voteShape.encode({ epoch: 0, voterSet: VOTERS.digest, view: 0, seq: 1, digest, ...over })
    ).frame
  const [one, two] = [GROUP_ID, VOTERS.digest]
  const forged = (frame: Uint8Array): Uint8Array => frame.with(frame.length - 1, 1 ^ (frame.at(-1) ?? 0))

  it('convicts a voter of two votes (C45)', () => {
    const ledger = openLedger()
    decide(ledger, evidence(vote(2, one), vote(2, two)))
    expect(readConvictions(ledger.state)).toMatchObject([
      { peerId: 'peer-2', type: 'pbft/prepare', seq: 1, view: 0 }
    ])
  })

  it('convicts a voter of two ballots, once for each proposal (C45)', () => {
    const ledger = openLedger()
    for (const statement of ['first', 'second']) {
      const { digest } = proposalFrame({ statement })
      const [yes, no] = (['accept', 'reject'] as const).map(
        verdict => ballotFrame(3, digest, { verdict }).frame
      )
      if (yes && no) decide(ledger, evidence(yes, no))
    }
    expect(readConvictions(ledger.state).map(({ type, seq }) => [type, seq])).toEqual([
      [BALLOT_KIND, null],
      [BALLOT_KIND, null]
    ])
  })

  it('knows what it knows, also the other way round (C45)', () => {
    const ledger = openLedger()
    decide(ledger, evidence(vote(2, one), vote(2, two)))
    expect(judge(ledger, evidence(vote(2, two), vote(2, one)))).toEqual(reject('evidence-known'))
  })

  it.each([
    ['the same message twice', () => evidence(vote(2, one), vote(2, one)), 'evidence-proves-nothing'],
    ['two voters', () => evidence(vote(2, one), vote(3, two)), 'evidence-proves-nothing'],
    ['another view', () => evidence(vote(2, one), vote(2, two, { view: 1 })), 'evidence-proves-nothing'],
    ['another place', () => evidence(vote(2, one), vote(2, two, { seq: 2 })), 'evidence-proves-nothing'],
    ['an observer', () => evidence(vote(5, one), vote(5, two)), 'evidence-not-a-voter'],
    ['a forged signature', () => evidence(vote(2, one), forged(vote(2, two))), 'evidence-proves-nothing'],
    ['garbage', () => evidence(new Uint8Array([1]), new Uint8Array([2])), 'evidence-proves-nothing']
  ])('convicts nobody with %s (C45)', (_, draft, code) => {
    expect(judge(openLedger(), draft())).toEqual(reject(code))
  })

  it('keeps the newest convictions', () => {
    const ledger = openLedger()
    for (let i = 0; i < CONVICTIONS_MAX + 3; i++) {
      const { digest } = proposalFrame({ statement: `${i}` })
      const [yes, no] = (['accept', 'reject'] as const).map(
        verdict => ballotFrame(3, digest, { verdict }).frame
      )
      if (yes && no) decide(ledger, evidence(yes, no))
    }
    const convictions = readConvictions(ledger.state)
    expect(convictions).toHaveLength(CONVICTIONS_MAX)
    expect(convictions[0]?.sequence).toBe(4)
  }, 20_000)

  it('is named alike by everybody: ballot conflicts too', () => {
    const { digest } = proposalFrame()
    const [yes, no] = (['accept', 'reject'] as const).map(verdict => ballotFrame(3, digest, { verdict }))
    expect(yes && no && conflictOf(yes, no)?.evidenceId).toBe(yes && no && conflictOf(no, yes)?.evidenceId)
    expect(yes && ballotShape.decode(yes.body)?.verdict).toBe('accept')
  })
})
