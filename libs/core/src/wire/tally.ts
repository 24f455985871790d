import type { Envelope, Opened, VoterSet } from '@quorate/contracts'
import { isVoter } from './group.ts'
import {
  BALLOT_KIND,
  PROPOSAL_KIND,
  ballotShape,
  proposalShape,
  type Ballot,
  type Decision,
  type Proposal
} from './proposal.ts'

/** A ballot with the envelope that carries it. */
export interface CastBallot {
  readonly envelope: Envelope
  readonly ballot: Ballot
}

/** Ballots that have to agree before an outcome is certain: q accepts, or n-q+1 rejects. */
export const ballotsNeeded = (set: VoterSet, outcome: 'accepted' | 'rejected'): number =>
  outcome === 'accepted' ? set.quorum : set.voters.length - set.quorum + 1

/**
 * Mean confidence of the certificate's ballots for the outcome, times their share of all n voters, in ppm:
 * `sum(confidencePpm) / n`, rounded down. Unanimous full confidence gives 1_000_000. A statistic, never a weight.
 * docs/protocol/wire.md, rule W75.
 */
export const tallyConfidencePpm = (ballots: readonly Ballot[], set: VoterSet): number => {
  const sum = ballots.reduce((total, ballot) => total + ballot.confidencePpm, 0)
  return Math.floor(sum / set.voters.length)
}

export interface Tally {
  readonly proposalId: string
  readonly proposer: string
  readonly proposal: Proposal
  readonly ballots: readonly CastBallot[]
}

const openAs = (
  open: (frame: Uint8Array) => Opened,
  frame: Uint8Array,
  kind: string
): Envelope | undefined => {
  const opened = open(frame)
  return opened.ok && opened.envelope.kind === kind ? opened.envelope : undefined
}

/**
 * Checks a decision's certificate against the voter set: every ballot validly signed by a distinct voter of the epoch, all
 * for this proposal and this outcome, and enough of them. Gives the tally, or the code of the rule that it breaks.
 * Source: docs/protocol/wire.md, rule W74.
 */
export const checkTally = (
  decision: Decision,
  set: VoterSet,
  open: (frame: Uint8Array) => Opened
): Tally | { readonly code: string } => {
  const envelope = openAs(open, decision.proposal, PROPOSAL_KIND)
  const proposal = envelope && proposalShape.decode(envelope.body)
  if (!envelope || !proposal) return { code: 'tally-proposal-invalid' }
  const ballots: CastBallot[] = []
  const signers = new Set<string>()
  for (const frame of decision.ballots) {
    const cast = openBallot(frame, open)
    if (!cast) return { code: 'tally-ballot-invalid' }
    const code = ballotFault(cast, { decision, proposalId: envelope.digest, set })
    if (code !== undefined) return { code }
    signers.add(cast.envelope.author)
    ballots.push(cast)
  }
  if (signers.size !== ballots.length) return { code: 'tally-duplicate-signer' }
  if (signers.size < ballotsNeeded(set, decision.outcome)) return { code: 'tally-below-threshold' }
  return { proposalId: envelope.digest, proposer: envelope.author, proposal, ballots }
}

const openBallot = (frame: Uint8Array, open: (frame: Uint8Array) => Opened): CastBallot | undefined => {
  const envelope = openAs(open, frame, BALLOT_KIND)
  const ballot = envelope && ballotShape.decode(envelope.body)
  return envelope && ballot && { envelope, ballot }
}

const ballotFault = (
  cast: CastBallot,
  expected: { readonly decision: Decision; readonly proposalId: string; readonly set: VoterSet }
): string | undefined => {
  const { envelope, ballot } = cast
  const { decision, proposalId, set } = expected
  if (ballot.proposal !== proposalId) return 'tally-other-proposal'
  if (ballot.epoch !== set.epoch || ballot.voterSet !== set.digest) return 'tally-other-epoch'
  if (ballot.verdict !== (decision.outcome === 'accepted' ? 'accept' : 'reject')) return 'tally-other-verdict'
  return isVoter(set, envelope.author) ? undefined : 'tally-not-a-voter'
}
