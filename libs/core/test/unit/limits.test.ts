import { describe, expect, it } from 'vitest'
import {
  BALLOT_KIND,
  DECISION_KIND,
  LIMITS,
  PROPOSAL_KIND,
  ballotShape,
  decisionShape,
  encodeCbor,
  encodeSubmission,
  proposalShape,
  quorumSize
} from '../../src/index.ts'
import { envelopeOf } from '../support/fake-signing.ts'
import { BALLOT, PROPOSAL } from '../support/ballots.ts'

const PEER = 'p'.repeat(LIMITS.peerIdBytesMax)
const options = Array.from({ length: LIMITS.optionsMax }, () => 'o'.repeat(LIMITS.optionBytesMax))

const largestProposal = envelopeOf(
  PEER,
  PROPOSAL_KIND,
  proposalShape.encode({
    ...PROPOSAL,
    statement: 's'.repeat(LIMITS.statementBytesMax),
    data: 'd'.repeat(LIMITS.dataBytesMax),
    options,
    deadline: Number.MAX_SAFE_INTEGER,
    createdAt: Number.MAX_SAFE_INTEGER
  })
).frame

const largestBallot = envelopeOf(
  PEER,
  BALLOT_KIND,
  ballotShape.encode({
    ...BALLOT,
    epoch: Number.MAX_SAFE_INTEGER,
    reason: 'r'.repeat(LIMITS.reasonBytesMax),
    options
  })
).frame

const largestDecision = encodeCbor(
  decisionShape.encode({
    proposal: largestProposal,
    outcome: 'accepted',
    ballots: Array.from({ length: quorumSize(LIMITS.votersMax, 85) }, () => largestBallot)
  })
)

describe('the limits fit into each other (W110)', () => {
  it('every ballot is a small frame', () => {
    expect(largestBallot.length).toBeLessThanOrEqual(LIMITS.smallFrameBytesMax)
  })

  it('every proposal can be decided: it is an entry, with a quorum of ballots of the largest group', () => {
    expect(largestDecision.length).toBeLessThanOrEqual(LIMITS.entryBytesMax)
  })

  it('every entry fits a frame, with room for the proof that it is decided', () => {
    const draft = { kind: DECISION_KIND, body: new Uint8Array(LIMITS.entryBytesMax) }
    const submission = envelopeOf(PEER, 'submission', encodeSubmission(1, [draft])).frame
    const votes = LIMITS.votersMax * 512
    expect(submission.length + votes).toBeLessThanOrEqual(LIMITS.frameBytesMax)
  })
})
