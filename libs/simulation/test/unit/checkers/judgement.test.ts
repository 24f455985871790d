import type { Envelope } from '@quorate/contracts'
import {
  BALLOT_KIND,
  DECISION_KIND,
  EVIDENCE_KIND,
  PROPOSAL_KIND,
  ballotShape,
  decisionShape,
  encodeCbor,
  evidenceShape,
  proposalShape,
  sha256,
  utf8,
  type Decision
} from '@quorate/core'
import { describe, expect, it } from 'vitest'
import { charges } from '../../../src/checkers/charges.ts'
import { decisions } from '../../../src/checkers/decisions.ts'
import { evidence } from '../../../src/checkers/evidence.ts'
import { createBench, PEERS } from '../../support/bench.ts'

const court = (honest: readonly string[] = PEERS) => {
  const bench = createBench(decisions, honest)
  const proposal = bench.sign(
    'peer-1',
    PROPOSAL_KIND,
    proposalShape.encode({
      statement: 'a question',
      data: null,
      options: [],
      tally: null,
      createdAt: 1,
      deadline: 2,
      nonce: new Uint8Array(16)
    })
  )
  const ballot = (peer: string, verdict: 'accept' | 'reject') =>
    bench.sign(
      peer,
      BALLOT_KIND,
      ballotShape.encode({
        proposal: proposal.digest,
        epoch: 0,
        voterSet: bench.voters.digest,
        verdict,
        confidencePpm: 1_000_000,
        reason: '',
        options: []
      })
    ).frame
  const decide = (outcome: Decision['outcome'], voters: readonly string[]) => {
    const ballots = voters.map(peer => ballot(peer, outcome === 'accepted' ? 'accept' : 'reject'))
    const body = encodeCbor(decisionShape.encode({ proposal: proposal.frame, outcome, ballots }))
    const made = bench.batch(undefined, [bench.submission('peer-1', { kind: DECISION_KIND, body })])
    bench.executed('peer-1', made)
    return bench.violations
  }
  return { decide }
}

describe('decisions', () => {
  it('are fine with a quorum of accepts, or enough rejects', () => {
    expect(court().decide('accepted', ['peer-1', 'peer-2', 'peer-3'])).toEqual([])
    expect(court().decide('rejected', ['peer-1', 'peer-2'])).toEqual([])
  })

  it('need their ballots', () => {
    expect(court().decide('accepted', ['peer-1', 'peer-2'])).toEqual(['validity'])
    expect(court().decide('rejected', ['peer-1'])).toEqual(['validity'])
  })

  it('are made once', () => {
    const { decide } = court()
    decide('accepted', ['peer-1', 'peer-2', 'peer-3'])
    expect(decide('rejected', ['peer-1', 'peer-2'])).toEqual(['one-outcome'])
  })

  it('are accepted by q-f honest voters at the least', () => {
    const voters = ['peer-1', 'peer-2', 'peer-3']
    expect(court(['peer-2', 'peer-3', 'peer-4']).decide('accepted', voters)).toEqual([])
    expect(court(['peer-3', 'peer-4']).decide('accepted', voters)).toEqual(['honest-accepts'])
  })
})

const trial = (honest: readonly string[] = ['peer-2', 'peer-3', 'peer-4']) => {
  const bench = createBench(evidence, honest)
  const commit = (content: string): Envelope =>
    bench.vote('peer-1', 'pbft/commit', { view: 0, seq: 1, digest: sha256(utf8(content)) })
  const accusation = (first: Envelope, second: Envelope) => ({
    kind: EVIDENCE_KIND,
    body: encodeCbor(evidenceShape.encode({ first: first.frame, second: second.frame }))
  })
  const file = (draft: ReturnType<typeof accusation>) => {
    const submission = bench.submission('peer-2', draft)
    bench.watch.committed('peer-2', [{ type: 'put', space: 'pool/own', key: '1', value: submission.frame }])
    return submission
  }
  return { bench, commit, accusation, file }
}

describe('evidence', () => {
  it('is fine when it convicts a liar, and what was noticed is on the ledger', () => {
    const { bench, commit, accusation, file } = trial()
    const filed = file(accusation(commit('a'), commit('b')))
    bench.executed('peer-2', bench.batch(undefined, [filed]))
    bench.watch.ended([])
    expect(bench.violations).toEqual([])
  })

  it('must not get lost', () => {
    const { bench, commit, accusation, file } = trial()
    file(accusation(commit('a'), commit('b')))
    bench.watch.ended([])
    expect(bench.violations).toEqual(['evidence'])
  })

  it('must prove what it says', () => {
    const { bench, commit, accusation } = trial()
    const same = bench.submission('peer-2', accusation(commit('a'), commit('a')))
    bench.executed('peer-2', bench.batch(undefined, [same]))
    expect(bench.violations).toEqual(['evidence'])
  })

  it('must not accuse an honest node', () => {
    const { bench, commit, accusation } = trial(PEERS)
    const framed = bench.submission('peer-2', accusation(commit('a'), commit('b')))
    bench.executed('peer-2', bench.batch(undefined, [framed]))
    expect(bench.violations).toEqual(['evidence'])
  })
})

describe('charges', () => {
  it('are for liars only', () => {
    const bench = createBench(charges, ['peer-1', 'peer-2'])
    bench.watch.charged('peer-1', 'peer-3', 'frame-malformed')
    expect(bench.violations).toEqual([])
    bench.watch.charged('peer-1', 'peer-2', 'frame-malformed')
    expect(bench.violations).toEqual(['charge'])
  })
})
