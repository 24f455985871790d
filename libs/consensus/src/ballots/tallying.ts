import {
  DECISION_KIND,
  ballotsNeeded,
  decisionShape,
  encodeCbor,
  type CastBallot,
  type Decision
} from '@quorate/core'
import { emit, type Ballots, type OpenProposal } from './context.ts'

/** The proposer submits its certificate at once; every other voter only after this long, and one after the other. */
const FALLBACK_MS = 1_500
const FALLBACK_STEP_MS = 500

type Outcome = Decision['outcome']

/** Ballots that prove the outcome: exactly as many as are needed, in canonical order of their voters. */
const certificateFor = (
  b: Ballots,
  item: OpenProposal,
  outcome: Outcome
): readonly CastBallot[] | undefined => {
  const needed = ballotsNeeded(b.application.voters(), outcome)
  const verdict = outcome === 'accepted' ? 'accept' : 'reject'
  const ballots = [...item.ballots.values()].filter(({ ballot }) => ballot.verdict === verdict)
  return ballots.length < needed
    ? undefined
    : ballots.toSorted((x, y) => (x.envelope.author < y.envelope.author ? -1 : 1)).slice(0, needed)
}

const decisionOf = (b: Ballots, item: OpenProposal): Decision | undefined => {
  for (const outcome of ['accepted', 'rejected'] as const) {
    const ballots = certificateFor(b, item, outcome)
    const frames = ballots?.map(({ envelope }) => envelope.frame)
    if (frames) return { proposal: item.envelope.frame, outcome, ballots: frames }
  }
  return undefined
}

/** Source: docs/protocol/consensus.md, "ballots": q accepts, or n-q+1 rejects. */
export const noteCertificate = (b: Ballots, item: OpenProposal): void => {
  if (item.certificateAt !== undefined || !decisionOf(b, item)) return
  item.certificateAt = b.now
  submitWhenDue(b, item)
}

/** When this node's turn to submit the certificate has come, if nobody has before. */
export const submitWhenDue = (b: Ballots, item: OpenProposal): void => {
  if (item.submitted || item.certificateAt === undefined) return
  if (item.envelope.author !== b.signing.self) {
    const rank = b.application.voters().voters.findIndex(({ peerId }) => peerId === b.signing.self)
    if (rank < 0 || b.now < item.certificateAt + FALLBACK_MS + rank * FALLBACK_STEP_MS) return
  }
  const decision = decisionOf(b, item)
  if (!decision) return
  item.submitted = true
  const body = encodeCbor(decisionShape.encode(decision))
  const payload = { drafts: [{ kind: DECISION_KIND, body }], token: `ballots:${item.id}` }
  emit(b, { type: 'route', command: { name: 'consensus.submit', payload } })
}
