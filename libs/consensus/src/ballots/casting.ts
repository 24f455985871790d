import type { BallotVerdict, Digest, Envelope } from '@quorate/contracts'
import {
  BALLOT_KIND,
  EVIDENCE_KIND,
  ballotShape,
  conflictOf,
  encodeCbor,
  evidenceShape,
  isVoter,
  type Ballot,
  type CastBallot
} from '@quorate/core'
import { emit, isDecided, reply, type Ballots, type OpenProposal } from './context.ts'
import { judge } from './judgement.ts'
import { saveBallot } from './records.ts'
import { noteCertificate } from './tallying.ts'

export interface VoteCommand {
  readonly proposalId: Digest
  readonly verdict: BallotVerdict
  readonly confidencePpm: number
  readonly reason: string
  readonly options: readonly string[]
  readonly token: string
}

type Judgement = Pick<Ballot, 'verdict' | 'confidencePpm' | 'reason' | 'options'>

/** Casts this voter's ballot at once when the policy is `auto`, unless it was cast before. */
export const castByPolicy = (b: Ballots, item: OpenProposal): void => {
  if (b.policy !== 'auto' || !mayVote(b) || item.ballots.has(b.signing.self)) return
  cast(b, item, judge(b.validators, item.proposal))
}

const mayVote = (b: Ballots): boolean => isVoter(b.application.voters(), b.signing.self)

/** `vote`: one immutable ballot per voter and proposal; a second, different one is refused. */
export const onVoteCommand = (b: Ballots, command: VoteCommand): void => {
  const { proposalId, verdict, confidencePpm, reason, options, token } = command
  const item = b.open.get(proposalId)
  if (!item) {
    return reply(b, token, isDecided(b, proposalId) ? 'proposal-closed' : 'proposal-unknown')
  }
  if (!mayVote(b)) return reply(b, token, 'not-a-voter')
  const own = item.ballots.get(b.signing.self)
  const judgement: Judgement = { verdict, confidencePpm, reason, options }
  if (own) return reply(b, token, saysTheSame(own.ballot, judgement) ? undefined : 'ballot-differs')
  if (item.proposal.deadline <= b.now) return reply(b, token, 'proposal-closed')
  reply(b, token, cast(b, item, judgement) ? undefined : 'ballot-malformed')
}

/** The reason may be given in other words; what counts may not change. */
const saysTheSame = (ballot: Ballot, { verdict, confidencePpm, options }: Judgement): boolean =>
  ballot.verdict === verdict &&
  ballot.confidencePpm === confidencePpm &&
  ballot.options.join('\0') === options.join('\0')

/**
 * Signs the ballot, remembers it before anybody sees it, and tells every member. False when it is not of the documented
 * form: nobody else could read it, nor this node after a restart.
 */
const cast = (b: Ballots, item: OpenProposal, judgement: Judgement): boolean => {
  const { epoch, digest: voterSet } = b.application.voters()
  const ballot: Ballot = { proposal: item.id, epoch, voterSet, ...judgement }
  const body = ballotShape.encode(ballot)
  if (!ballotShape.decode(body)) return false
  const envelope = b.signing.sign(BALLOT_KIND, body)
  // Those who only follow hear of it when it is repeated, or from the ledger.
  emit(b, { type: 'broadcast', frame: envelope.frame, reach: 'voters' })
  keepBallot(b, item, { envelope, ballot })
  return true
}

/** A voter's ballot. One for a proposal that is not known yet is kept for a while. */
export const onBallot = (b: Ballots, envelope: Envelope<Ballot>): void => {
  const { author, body: ballot } = envelope
  const set = b.application.voters()
  if (ballot.epoch !== set.epoch || ballot.voterSet !== set.digest) return
  if (!isVoter(set, author)) return emit(b, { type: 'charge', peer: author, code: 'ballot-not-a-voter' })
  const item = b.open.get(ballot.proposal)
  // Beyond the boundary a body is what its codec made of it; a ballot is kept as it was signed, so that two can convict.
  const given: CastBallot = { envelope: { ...envelope, body: ballotShape.encode(ballot) }, ballot }
  if (item) keepBallot(b, item, given)
  else keepEarly(b, given)
}

/** Where a ballot is kept whose proposal is not open (yet, or any more). */
export const earlyKey = ({ ballot, envelope }: CastBallot): string => `${ballot.proposal}/${envelope.author}`

const keepEarly = (b: Ballots, given: CastBallot): void => {
  const key = earlyKey(given)
  const known = b.early.get(key)
  if (known) accuse(b, known, given)
  else b.early.set(key, given)
}

/** The first ballot of a voter stands; a second, different one convicts it. */
export const keepBallot = (b: Ballots, item: OpenProposal, given: CastBallot): void => {
  const { author, frame } = given.envelope
  const known = item.ballots.get(author)
  if (known) return accuse(b, known, given)
  item.ballots.set(author, given)
  const ops = [saveBallot(item.id, author, frame)]
  // Own ballots are never cast twice; those of others can be had again.
  emit(b, author === b.signing.self ? { type: 'persist', ops } : { type: 'persist', ops, lazy: 'whenever' })
  const { quorum: needed } = b.application.voters()
  const data = {
    id: item.id,
    peerId: author,
    verdict: given.ballot.verdict,
    ballots: item.ballots.size,
    needed
  }
  emit(b, { type: 'notify', event: { type: 'ballot-received', durable: false, data } })
  noteCertificate(b, item)
}

const accuse = (b: Ballots, first: CastBallot, second: CastBallot): void => {
  const conflict = conflictOf(first.envelope, second.envelope)
  if (!conflict || b.accused.has(conflict.evidenceId)) return
  b.accused.set(conflict.evidenceId, true)
  const body = encodeCbor(
    evidenceShape.encode({ first: first.envelope.frame, second: second.envelope.frame })
  )
  const payload = { drafts: [{ kind: EVIDENCE_KIND, body }], token: `ballots:${conflict.evidenceId}` }
  emit(b, { type: 'route', command: { name: 'consensus.submit', payload } })
}
