import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import {
  LIMITS,
  ballotShape,
  commitKind,
  decisionShape,
  evidenceShape,
  proposalShape,
  recordShape,
  voteShape,
  type Shape
} from '../../../src/index.ts'
import { BALLOT, PROPOSAL } from '../../support/ballots.ts'

const vote = { epoch: 0, voterSet: 'aa'.repeat(32), view: 1, seq: 2, digest: 'bb'.repeat(32) }
const frame = new Uint8Array([1])
const decision = { proposal: frame, outcome: 'accepted' as const, ballots: [frame] }

describe('messages are read as they were written', () => {
  it.each<[string, Shape<never>, unknown]>([
    ['proposals (W70)', proposalShape as Shape<never>, PROPOSAL],
    ['ballots (W72)', ballotShape as Shape<never>, BALLOT],
    ['decisions (W73)', decisionShape as Shape<never>, decision],
    ['records (W76)', recordShape as Shape<never>, { statement: 's', data: '{"a":1}' }],
    ['evidence (W77)', evidenceShape as Shape<never>, { first: frame, second: frame }],
    ['votes (W60)', voteShape as Shape<never>, vote]
  ])('%s', (_, shape, value) => {
    expect(shape.decode(shape.encode(value as never))).toEqual(value)
  })
})

describe('messages out of bounds are refused', () => {
  const proposal = (change: object): CborValue => proposalShape.encode({ ...PROPOSAL, ...change })
  const ballot = (change: object): CborValue => ballotShape.encode({ ...BALLOT, ...change })
  it.each<[string, Shape<unknown>, CborValue]>([
    ['a proposal without a statement', proposalShape, proposal({ statement: '' })],
    [
      'a proposal with a long statement',
      proposalShape,
      proposal({ statement: 'x'.repeat(LIMITS.statementBytesMax + 1) })
    ],
    ['a proposal with large data', proposalShape, proposal({ data: 'x'.repeat(LIMITS.dataBytesMax + 1) })],
    [
      'a proposal with 17 options',
      proposalShape,
      proposal({ options: Array.from({ length: 17 }, (_, i) => `${i}`) })
    ],
    ['a proposal with an empty option', proposalShape, proposal({ options: [''] })],
    ['a proposal with an unknown tally', proposalShape, proposal({ tally: 'lottery' })],
    ['a proposal with a short nonce', proposalShape, proposal({ nonce: new Uint8Array(15) })],
    ['a ballot with an unknown verdict', ballotShape, ballot({ verdict: 'maybe' })],
    ['a ballot that is more than sure', ballotShape, ballot({ confidencePpm: 1_000_001 })],
    ['a ballot with a long reason', ballotShape, ballot({ reason: 'x'.repeat(LIMITS.reasonBytesMax + 1) })],
    ['a decision without ballots', decisionShape, decisionShape.encode({ ...decision, ballots: [] })],
    [
      'a decision that is undecided',
      decisionShape,
      decisionShape.encode({ ...decision, outcome: 'undecided' as never })
    ],
    [
      'a decision with a large ballot',
      decisionShape,
      decisionShape.encode({ ...decision, ballots: [new Uint8Array(4097)] })
    ],
    ['a record without a statement', recordShape, recordShape.encode({ statement: '', data: null })],
    ['a vote with a negative view', voteShape, voteShape.encode({ ...vote, view: -1 })]
  ])('%s', (_, shape, value) => {
    expect(shape.decode(value)).toBeUndefined()
  })
})

it('the vote that decides is named after the strategy (W61)', () => {
  expect([commitKind('pbft'), commitKind('qbft')]).toEqual(['pbft/commit', 'qbft/commit'])
})
