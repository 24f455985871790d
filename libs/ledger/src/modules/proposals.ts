import type {
  Entry,
  LedgerContext,
  LedgerEvent,
  LedgerModule,
  Opened,
  StateReader,
  StateWriter,
  Verdict
} from '@quorate/contracts'
import { ACCEPT, reject } from '@quorate/contracts'
import {
  DECISION_KIND,
  LIMITS,
  RECORD_KIND,
  checkTally,
  decisionShape,
  decodeCbor,
  recordShape,
  tallyConfidencePpm,
  type Decision,
  type Tally
} from '@quorate/core'
import { numberKey } from '../records.ts'

export const PROPOSALS_MODULE = 'proposals'

/** How long after its deadline (agreed time) a certificate may still be ordered. */
export const ORDERING_GRACE_MS = 10 * LIMITS.clockSkewMsMax

/** Outcomes are kept until no certificate of that proposal could be ordered any more; looked at every so many entries. */
const PRUNE_EVERY = 64

/** What the state remembers of a decided proposal. */
export interface DecidedProposal {
  readonly outcome: 'accepted' | 'rejected'
  readonly sequence: number
}

type Open = (frame: Uint8Array) => Opened

/**
 * Decisions (tally certificates) and records (order-only). The first ordered outcome of a proposal is final.
 * State: `decided/<id>` -> [outcome, sequence], `expiry/<time>/<id>` -> true, both dropped when no certificate for the
 * proposal can be valid any more. Source: docs/protocol/consensus.md, "decisions".
 */
export const createProposalsModule = (open: Open): LedgerModule => ({
  name: PROPOSALS_MODULE,
  kinds: [DECISION_KIND, RECORD_KIND],
  bulkKinds: [RECORD_KIND],
  idOf: entry => (entry.kind === DECISION_KIND ? decisionId(entry, open) : entry.digest),
  validate: (state, entry, context) =>
    entry.kind === RECORD_KIND ? validateRecord(entry) : validateDecision(state, { entry, context, open }),
  apply: (state, entry, context) =>
    entry.kind === RECORD_KIND ? [] : applyDecision(state, { entry, context, open })
})

interface At {
  readonly entry: Entry
  readonly context: LedgerContext
  readonly open: Open
}

const readDecision = (entry: Entry): Decision | undefined => {
  const body = decodeCbor(entry.body)
  return body === undefined ? undefined : decisionShape.decode(body)
}

const decisionId = (entry: Entry, open: Open): string => {
  const decision = readDecision(entry)
  const opened = decision && open(decision.proposal)
  return opened?.ok ? opened.envelope.digest : entry.digest
}

const validateRecord = (entry: Entry): Verdict => {
  const body = decodeCbor(entry.body)
  return body !== undefined && recordShape.decode(body) ? ACCEPT : reject('record-malformed')
}

const validateDecision = (state: StateReader, { entry, context, open }: At): Verdict => {
  const decision = readDecision(entry)
  if (!decision) return reject('decision-malformed')
  const tally = checkTally(decision, context.epoch, open)
  if ('code' in tally) return reject(tally.code)
  if (state.get(`decided/${tally.proposalId}`) !== undefined) return reject('proposal-decided')
  return context.time > tally.proposal.deadline + ORDERING_GRACE_MS ? reject('proposal-expired') : ACCEPT
}

const applyDecision = (state: StateWriter, { entry, context, open }: At): LedgerEvent[] => {
  const decision = readDecision(entry) as Decision
  const tally = checkTally(decision, context.epoch, open) as Tally
  const { proposalId, proposal } = tally
  const { sequence } = context
  state.put(`decided/${proposalId}`, [decision.outcome, sequence])
  state.put(`expiry/${numberKey(proposal.deadline + ORDERING_GRACE_MS)}/${proposalId}`, true)
  if (sequence % PRUNE_EVERY === 0) prune(state, context.time)
  const confidence = tallyConfidencePpm(
    tally.ballots.map(({ ballot }) => ballot),
    context.epoch
  )
  const data = { outcome: decision.outcome, statement: proposal.statement, confidencePpm: confidence }
  return [{ type: 'proposal-decided', id: proposalId, sequence, data }]
}

const prune = (state: StateWriter, now: number): void => {
  for (const [key] of state.range('expiry/')) {
    const [, expiry, id] = key.split('/') as [string, string, string]
    if (Number(expiry) >= now) return
    state.delete(key)
    state.delete(`decided/${id}`)
  }
}

export const readDecided = (state: StateReader, proposalId: string): DecidedProposal | undefined => {
  const value = state.module(PROPOSALS_MODULE).get(`decided/${proposalId}`) as
    ['accepted' | 'rejected', number] | undefined
  return value && { outcome: value[0], sequence: value[1] }
}
