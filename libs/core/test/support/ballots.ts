import type { Envelope } from '@quorate/contracts'
import {
  BALLOT_KIND,
  PROPOSAL_KIND,
  ballotShape,
  createVoterSet,
  proposalShape,
  type Ballot,
  type Proposal
} from '../../src/index.ts'
import { envelopeOf } from './fake-signing.ts'

export const PROPOSAL: Proposal = {
  statement: 'Ship it?',
  data: null,
  options: ['now', 'later'],
  tally: 'approval',
  createdAt: 1,
  deadline: 2,
  nonce: new Uint8Array(16)
}

export const proposalOf = (change: Partial<Proposal> = {}): Envelope =>
  envelopeOf('p', PROPOSAL_KIND, proposalShape.encode({ ...PROPOSAL, ...change }))

/** A set of voters called a, b, c, ... */
export const voterSetOf = (voters: number) =>
  createVoterSet(
    0,
    Array.from({ length: voters }, (_, i) => ({ peerId: String.fromCodePoint(97 + i), weight: 1 })),
    null
  )

export const FOUR = voterSetOf(4)

export const BALLOT: Ballot = {
  proposal: proposalOf().digest,
  epoch: 0,
  voterSet: FOUR.digest,
  verdict: 'accept',
  confidencePpm: 900_000,
  reason: '',
  options: []
}

export const ballotOf = (voter: string, change: Partial<Ballot> = {}): Envelope =>
  envelopeOf(voter, BALLOT_KIND, ballotShape.encode({ ...BALLOT, ...change }))
