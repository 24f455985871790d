import type { CborValue, Envelope, PeerId } from '@quorate/contracts'
import { BALLOT_KIND, PROPOSAL_KIND, ballotShape, proposalShape, toHex, voteShape } from '@quorate/core'

const VALUES_MAX = 8
const TEXT_MAX = 80
const DEPTH_MAX = 2

/**
 * One line about a message, for people: its kind, author and main fields. Text of peers is quoted, cut and stripped of
 * control characters, so that it can be printed on a terminal.
 */
export const describeEnvelope = (envelope: Envelope): string =>
  `${printable(envelope.kind)} by ${shortPeer(envelope.author)}: ${describeBody(envelope)}`

const describeBody = ({ kind, body }: Envelope): string => {
  const known =
    kind === BALLOT_KIND ? describeBallot(body) : kind === PROPOSAL_KIND ? describeProposal(body) : undefined
  return known ?? describeVote(body) ?? describeValue(body, DEPTH_MAX)
}

const describeVote = (body: CborValue): string | undefined => {
  const vote = voteShape.decode(body)
  return vote && `epoch ${vote.epoch}, view ${vote.view}, seq ${vote.seq}, digest ${short(vote.digest)}`
}

const describeBallot = (body: CborValue): string | undefined => {
  const ballot = ballotShape.decode(body)
  if (!ballot) return undefined
  const { proposal, verdict, confidencePpm, epoch, reason } = ballot
  return `${verdict} of proposal ${short(proposal)}, confidence ${confidencePpm / 1e6}, epoch ${epoch}, reason ${quote(reason)}`
}

const describeProposal = (body: CborValue): string | undefined => {
  const proposal = proposalShape.decode(body)
  return proposal && `${quote(proposal.statement)}, deadline ${proposal.deadline}`
}

const describeValue = (value: CborValue, depth: number): string => {
  if (typeof value === 'string') return quote(value)
  if (value instanceof Uint8Array) return value.length === 0 ? '0x' : `0x${short(toHex(value))}`
  if (typeof value !== 'object' || value === null) return String(value)
  const isList = Array.isArray(value)
  const items: readonly string[] = isList
    ? (value as readonly CborValue[]).map(item => (depth > 0 ? describeValue(item, depth - 1) : '…'))
    : Object.entries(value).map(
        ([key, item]) => `${quote(key)}: ${depth > 0 ? describeValue(item, depth - 1) : '…'}`
      )
  const shown = items.length > VALUES_MAX ? [...items.slice(0, VALUES_MAX), '…'] : items
  return isList ? `[${shown.join(', ')}]` : `{${shown.join(', ')}}`
}

/** Long enough to name a member by: peer ids of Ed25519 keys share their first eight characters. */
const shortPeer = (peerId: PeerId): string =>
  peerId.length > 16 ? `${peerId.slice(0, 16)}…` : printable(peerId)

const short = (hex: string): string => (hex.length > 16 ? `${hex.slice(0, 16)}…` : hex)

const quote = (text: string): string =>
  JSON.stringify(printable(text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text))

/** Without control and format characters (bidirectional overrides among them), surrogates and line separators. */
const printable = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD')
