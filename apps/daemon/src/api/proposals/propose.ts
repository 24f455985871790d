import { randomBytes } from 'node:crypto'
import type { ProposalView } from '@quorate/contracts'
import { PROPOSAL_KIND, proposalShape } from '@quorate/core'
import type { ApiContext } from '../context.ts'
import { askOnce, type Keyed } from '../idempotency.ts'
import { notFound } from '../receipts.ts'
import { eventId, waitFor } from '../wait.ts'
import { isProvisional } from './order-only.ts'
import { SETTLING_MS, completeView } from './proposal-view.ts'
import type { CheckedProposal } from './propose-request.ts'

/** A machine answers a command at once; this only bounds a daemon that is overloaded. */
export const ANSWER_MS_MAX = 10_000

/** Signs the proposal, has it remembered and told, and gives its id. Errors: those of the ballots machine. */
export const propose = async (
  api: ApiContext,
  proposal: CheckedProposal,
  keyed: Keyed | undefined
): Promise<string> => {
  const createdAt = api.now()
  const { statement, data, options, tally, deadlineMs } = proposal
  const body = {
    statement,
    data,
    options,
    tally,
    createdAt,
    deadline: createdAt + deadlineMs,
    nonce: nonce()
  }
  const { frame, digest } = api.signing.sign(PROPOSAL_KIND, proposalShape.encode(body))
  const command = (token: string) => ({ name: 'ballots.propose', payload: { frame, token } })
  const { id } = await askOnce(api, { keyed, id: digest, command }, ANSWER_MS_MAX)
  return id
}

const nonce = (): Uint8Array => new Uint8Array(randomBytes(16))

/** Errors: QRT_NOT_FOUND. */
export const showProposal = (api: ApiContext, id: string): ProposalView => {
  const view = findProposal(api, id)
  if (!view) throw notFound('proposal', id)
  return view
}

const findProposal = (api: ApiContext, id: string): ProposalView | undefined => {
  const read = api.orderOnly.show(id) ?? api.proposals.show(id)
  return read && completeView(api, read)
}

export interface WaitForProposal {
  readonly id: string
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Until there is an outcome, the deadline has passed, or the time is up; gives what is known then. Errors: QRT_NOT_FOUND. */
export const waitForProposal = async (api: ApiContext, wait: WaitForProposal): Promise<ProposalView> => {
  const { id, timeoutMs = Infinity } = wait
  const first = showProposal(api, id)
  const deadlineMs = Date.parse(first.deadline)
  const untilMs = Math.min(api.now() + timeoutMs, deadlineMs + SETTLING_MS)
  if (!first.pending) return first
  if (isProvisional(id)) await api.orderOnly.settled(id, Math.min(untilMs, deadlineMs) - api.now())
  else {
    const isOrdered = await waitForOutcome(api, wait, Math.min(untilMs, deadlineMs + 1))
    if (!isOrdered && showProposal(api, id).pending) await waitForOutcome(api, wait, untilMs)
  }
  return showProposal(api, id)
}

const waitForOutcome = (
  api: ApiContext,
  { id, signal }: WaitForProposal,
  untilMs: number
): Promise<true | undefined> =>
  waitFor(api, {
    read: () => (api.ledger.history.find(id) === undefined ? undefined : true),
    concerns: event => event.type === 'proposal-decided' && eventId(event) === id,
    untilMs,
    signal
  })
