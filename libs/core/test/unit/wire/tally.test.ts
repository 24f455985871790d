import { describe, expect, it } from 'vitest'
import {
  ballotsNeeded,
  checkTally,
  encodeFrame,
  fromHex,
  tallyConfidencePpm,
  type Ballot,
  type Decision
} from '../../../src/index.ts'
import { BALLOT, FOUR, PROPOSAL, ballotOf, proposalOf, voterSetOf } from '../../support/ballots.ts'
import { FORGED, envelopeOf, openFake } from '../../support/fake-signing.ts'

const frames = (voters: string, change: Partial<Ballot> = {}): Uint8Array[] =>
  voters.split('').map(voter => ballotOf(voter, change).frame)

const accepted = (ballots: readonly Uint8Array[], change: Partial<Decision> = {}): Decision => {
  return { proposal: proposalOf().frame, outcome: 'accepted', ballots, ...change }
}

const codeOf = (decision: Decision, set = FOUR): string => {
  const tally = checkTally(decision, set, openFake)
  return 'code' in tally ? tally.code : 'ok'
}

describe('tally certificates (W74)', () => {
  it('give the proposal and the ballots that decide it', () => {
    const tally = checkTally(accepted(frames('abc')), FOUR, openFake)
    expect(tally).toMatchObject({ proposalId: proposalOf().digest, proposer: 'p', proposal: PROPOSAL })
    expect('ballots' in tally && tally.ballots.map(({ ballot }) => ballot)).toEqual([BALLOT, BALLOT, BALLOT])
  })

  it('accept with a quorum', () => {
    expect(codeOf(accepted(frames('abcd')))).toBe('ok')
    expect(codeOf(accepted(frames('ab')))).toBe('tally-below-threshold')
  })

  it('reject with so many that no quorum can accept any more', () => {
    const rejected = (voters: string): Decision =>
      accepted(frames(voters, { verdict: 'reject' }), { outcome: 'rejected' })
    expect(codeOf(rejected('ab'))).toBe('ok')
    expect(codeOf(rejected('a'))).toBe('tally-below-threshold')
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 10, 13])('never allow both outcomes among %i honest voters', n => {
    const set = voterSetOf(n)
    expect(ballotsNeeded(set, 'accepted') + ballotsNeeded(set, 'rejected')).toBe(n + 1)
  })

  it('need 4 of 5 accepts, as quorums do', () => {
    const set = voterSetOf(5)
    const five = { voterSet: set.digest }
    expect(codeOf(accepted(frames('abc', five)), set)).toBe('tally-below-threshold')
    expect(codeOf(accepted(frames('abcd', five)), set)).toBe('ok')
  })
})

describe('a tally certificate breaks a rule (W74)', () => {
  const other = 'ff'.repeat(32)
  it.each<[string, Decision]>([
    ['tally-proposal-invalid', accepted(frames('abc'), { proposal: FORGED })],
    ['tally-proposal-invalid', accepted(frames('abc'), { proposal: ballotOf('a').frame })],
    ['tally-proposal-invalid', accepted(frames('abc'), { proposal: envelopeOf('p', 'proposal', [1]).frame })],
    ['tally-ballot-invalid', accepted([...frames('abc'), FORGED])],
    ['tally-ballot-invalid', accepted([...frames('ab'), proposalOf().frame])],
    ['tally-ballot-invalid', accepted([...frames('ab'), envelopeOf('c', 'ballot', [1]).frame])],
    ['tally-other-proposal', accepted([...frames('ab'), ...frames('c', { proposal: other })])],
    ['tally-other-epoch', accepted([...frames('ab'), ...frames('c', { epoch: 1 })])],
    ['tally-other-epoch', accepted([...frames('ab'), ...frames('c', { voterSet: other })])],
    ['tally-other-verdict', accepted([...frames('abc'), ...frames('d', { verdict: 'reject' })])],
    ['tally-other-verdict', accepted([...frames('ab'), ...frames('c', { verdict: 'abstain' })])],
    ['tally-other-verdict', accepted(frames('abc'), { outcome: 'rejected' })],
    ['tally-not-a-voter', accepted(frames('abz'))],
    ['tally-duplicate-signer', accepted(frames('abb'))],
    ['tally-duplicate-signer', accepted([...frames('abc'), ...frames('a', { reason: 'again' })])],
    ['tally-below-threshold', accepted([])]
  ])('%s', (code, decision) => {
    expect(codeOf(decision)).toBe(code)
  })

  it('a ballot for another proposal with the same text does not count', () => {
    const again = proposalOf({ nonce: fromHex('01'.repeat(16)) })
    expect(codeOf(accepted(frames('abc'), { proposal: again.frame }))).toBe('tally-other-proposal')
  })

  it('bytes that are no frame do not throw', () => {
    const signature = new Uint8Array(64)
    const odd = [new Uint8Array(), encodeFrame({ signedBytes: new Uint8Array(), signature })]
    expect(odd.map(frame => codeOf(accepted([frame])))).toEqual([
      'tally-ballot-invalid',
      'tally-ballot-invalid'
    ])
  })
})

describe('confidence (W75)', () => {
  it.each([
    [[1_000_000, 1_000_000, 1_000_000, 1_000_000], 1_000_000],
    [[1_000_000, 1_000_000, 1_000_000], 750_000],
    [[900_000, 800_000, 1], 425_000],
    [[0, 0, 0], 0]
  ])('of ballots %j among four voters is %i', (confidences, expected) => {
    const ballots = confidences.map(confidencePpm => ({ ...BALLOT, confidencePpm }))
    expect(tallyConfidencePpm(ballots, FOUR)).toBe(expected)
  })
})
