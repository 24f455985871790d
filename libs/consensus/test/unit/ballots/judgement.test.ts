import { describe, expect, it } from 'vitest'
import { ACCEPT, ignore, reject, type ProposalValidator, type Verdict } from '@quorate/contracts'
import { LIMITS, ballotShape, sha256, utf8, type Proposal } from '@quorate/core'
import { judge } from '../../../src/ballots/judgement.ts'

const PROPOSAL: Proposal = {
  statement: 'a question',
  data: '{"n": 1}',
  options: [],
  tally: null,
  createdAt: 0,
  deadline: 1,
  nonce: new Uint8Array(16)
}

const validator = (
  name: string,
  verdict: Verdict,
  confidencePpm = 500_000,
  reason = 'why'
): ProposalValidator => ({
  name,
  judge: () => ({ verdict, confidencePpm, reason })
})

const isBallot = (judgement: ReturnType<typeof judge>): boolean => {
  const digest = sha256(utf8('x'))
  return (
    ballotShape.decode(ballotShape.encode({ proposal: digest, epoch: 0, voterSet: digest, ...judgement })) !==
    undefined
  )
}

describe('judge', () => {
  it('accepts what is well formed when nobody has an opinion', () => {
    expect(judge([], PROPOSAL)).toMatchObject({
      verdict: 'accept',
      confidencePpm: 1_000_000,
      reason: 'well formed'
    })
    expect(judge([validator('none', ignore('none'))], PROPOSAL)).toMatchObject({ verdict: 'accept' })
  })

  it('rejects when one validator does, with its reason', () => {
    expect(
      judge([validator('yes', ACCEPT), validator('no', reject('no'), 7, 'because')], PROPOSAL)
    ).toMatchObject({
      verdict: 'reject',
      confidencePpm: 7,
      reason: 'no: because'
    })
  })

  it('accepts with the lowest confidence of those that have an opinion', () => {
    const judged = judge([validator('a', ACCEPT, 900_000), validator('b', ACCEPT, 300_000)], PROPOSAL)
    expect(judged).toMatchObject({ verdict: 'accept', confidencePpm: 300_000, reason: 'a: why; b: why' })
  })

  it.each(['{', '[1,', '', 'undefined', '['.repeat(100_000)])(
    'rejects data that is not JSON: %.10s',
    data => {
      expect(judge([], { ...PROPOSAL, data })).toMatchObject({
        verdict: 'reject',
        reason: 'the data is not JSON'
      })
    }
  )

  it.each([
    ['a long reason', validator('v', reject('no'), 1, 'x'.repeat(5_000))],
    ['a long reason in wide characters', validator('v', ACCEPT, 1, '\u4e16'.repeat(900))],
    ['a fraction', validator('v', ACCEPT, 0.5)],
    ['too much', validator('v', ACCEPT, 9e9)],
    ['less than nothing', validator('v', reject('no'), -1)],
    ['no number', validator('v', ACCEPT, Number.NaN)]
  ])('makes %s of a plugin fit into a ballot', (_, plugin) => {
    const judged = judge([plugin], PROPOSAL)
    expect(isBallot(judged)).toBe(true)
    expect(utf8(judged.reason).length).toBeLessThanOrEqual(LIMITS.reasonBytesMax)
  })
})
