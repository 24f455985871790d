import type { CborValue, Envelope } from '@quorate/contracts'
import { LIMITS, PROPOSAL_KIND, proposalShape, type Proposal } from '@quorate/core'
import { castByPolicy, keepBallot } from './casting.ts'
import {
  OPEN_BYTES_MAX,
  OPEN_BYTES_PER_PROPOSER_MAX,
  OPEN_MAX,
  OPEN_PER_PROPOSER_MAX,
  emit,
  isDecided,
  openItem,
  reply,
  type Ballots
} from './context.ts'
import { saveProposal } from './records.ts'

export interface ProposeCommand {
  /** The signed proposal, as a frame. */
  readonly frame: Uint8Array
  readonly token: string
}

/** A proposal of this node's user: remembered, told to every member, judged here too. */
export const onProposeCommand = (b: Ballots, command: ProposeCommand): void => {
  const opened = b.signing.open(command.frame)
  const proposal =
    opened.ok && opened.envelope.kind === PROPOSAL_KIND
      ? proposalShape.decode(opened.envelope.body)
      : undefined
  if (!opened.ok || !proposal) return reply(b, command.token, 'proposal-malformed')
  const code = openingFault(b, opened.envelope, proposal)
  if (code === 'proposal-known') return reply(b, command.token)
  if (code !== undefined) return reply(b, command.token, code)
  emit(b, { type: 'broadcast', frame: command.frame, reach: 'members' })
  openProposal(b, opened.envelope, proposal)
  reply(b, command.token)
}

/** Somebody's proposal. A repeated one costs nothing; one that is late or too much is left alone. */
export const onProposal = (b: Ballots, envelope: Envelope<Proposal>): void => {
  const code = openingFault(b, envelope, envelope.body)
  if (code === 'proposal-malformed') return emit(b, { type: 'charge', peer: envelope.author, code })
  if (code === undefined) openProposal(b, envelope, envelope.body)
}

/** Why the proposal is not opened, or undefined. */
const openingFault = (b: Ballots, envelope: Envelope<unknown>, proposal: Proposal): string | undefined => {
  const { digest } = envelope
  if (b.open.has(digest)) return 'proposal-known'
  const { createdAt, deadline, options, tally } = proposal
  if (deadline <= createdAt || deadline - createdAt > LIMITS.proposalOpenMsMax) return 'proposal-malformed'
  if (options.length > 0 || tally !== null) return 'options-unsupported'
  if (deadline <= b.now) return 'proposal-expired'
  if (createdAt > b.now + LIMITS.clockSkewMsMax) return 'proposal-from-the-future'
  if (isDecided(b, digest)) return 'proposal-decided'
  return fits(b, envelope) ? undefined : 'too-many-proposals'
}

const fits = (b: Ballots, { author, frame }: Envelope<unknown>): boolean => {
  const all = [...b.open.values()].map(({ envelope }) => envelope)
  const own = all.filter(envelope => envelope.author === author)
  const bytes = (envelopes: readonly Envelope[]): number =>
    envelopes.reduce((sum, envelope) => sum + envelope.frame.length, frame.length)
  return (
    all.length < OPEN_MAX &&
    own.length < OPEN_PER_PROPOSER_MAX &&
    bytes(all) <= OPEN_BYTES_MAX &&
    bytes(own) <= OPEN_BYTES_PER_PROPOSER_MAX
  )
}

const openProposal = (b: Ballots, envelope: Envelope<unknown>, proposal: Proposal): void => {
  const { digest: id, author, frame } = envelope
  const item = openItem(envelope as Envelope, proposal, b.now)
  b.open.set(id, item)
  emit(b, { type: 'persist', ops: [saveProposal(id, frame)] })
  const data: CborValue = { id, proposer: author, statement: proposal.statement, deadline: proposal.deadline }
  emit(b, { type: 'notify', event: { type: 'proposal-received', durable: true, data } })
  // Also an own ballot of before, which is the one that stands.
  for (const ballot of b.early.values()) if (ballot.ballot.proposal === id) keepBallot(b, item, ballot)
  castByPolicy(b, item)
}
