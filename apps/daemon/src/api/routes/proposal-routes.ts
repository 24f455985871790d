import {
  QuorateError,
  type ProposalView,
  type ProposeRequest,
  type VoteRequest,
  type VoteView
} from '@quorate/contracts'
import { LIMITS, utf8 } from '@quorate/core'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { ApiContext } from '../context.ts'
import { keyOf, type Keyed } from '../idempotency.ts'
import { listProposals } from '../proposals/list-proposals.ts'
import { ANSWER_MS_MAX, propose, showProposal, waitForProposal } from '../proposals/propose.ts'
import { checkProposal } from '../proposals/propose-request.ts'
import { accepted } from '../refusal.ts'
import { idPath, problems, waitQuery } from '../schemas/common.ts'
import * as schema from '../schemas/proposal.ts'
import { leaving } from './leaving.ts'

/** An order-only proposal is ordered within a round or two; after this long its provisional view is given. */
const ORDER_ONLY_MS = 1000

export const proposalRoutes = (app: App, api: ApiContext): void => {
  const shown = { 200: schema.proposalView, ...problems }
  app.post(
    '/v1/proposals',
    {
      schema: {
        summary: 'Puts a question to the group; with `wait`, answers when there is an outcome',
        headers: schema.idempotencyHeaders,
        body: schema.proposeRequest,
        response: { 201: schema.proposalView, ...problems }
      }
    },
    async (request, reply) => {
      const { body, headers } = request
      const { idempotencyKey, wait: _wait, ...rest } = body
      const keyed = keyOf('proposal', {
        header: headers['idempotency-key'],
        body: idempotencyKey,
        request: rest
      })
      const view = await create(api, { body, keyed, signal: leaving(reply) })
      return reply.code(201).send(view)
    }
  )
  app.get(
    '/v1/proposals',
    {
      schema: {
        summary: 'Open proposals and those decided last',
        querystring: schema.pendingQuery,
        response: { 200: z.array(schema.proposalView), ...problems }
      }
    },
    ({ query }) => listProposals(api, query.pending === 'true')
  )
  app.get(
    '/v1/proposals/:id',
    { schema: { summary: 'One proposal', params: idPath, response: shown } },
    ({ params }) => showProposal(api, params.id)
  )
  app.get(
    '/v1/proposals/:id/wait',
    {
      schema: {
        summary: 'Answers when there is an outcome, the deadline has passed, or the time is up',
        params: idPath,
        querystring: waitQuery,
        response: shown
      }
    },
    ({ params, query }, reply) =>
      waitForProposal(api, { id: params.id, timeoutMs: query.timeoutMs, signal: leaving(reply) })
  )
  app.post(
    '/v1/proposals/:id/votes',
    {
      schema: {
        summary: "Casts this voter's ballot, once",
        params: idPath,
        body: schema.voteRequest,
        response: { 200: schema.voteView, ...problems }
      }
    },
    ({ params, body }) => vote(api, params.id, body)
  )
}

interface Create {
  readonly body: ProposeRequest
  readonly keyed: Keyed | undefined
  readonly signal: AbortSignal
}

const create = async (api: ApiContext, { body, keyed, signal }: Create): Promise<ProposalView> => {
  const proposal = checkProposal(body)
  if (body.orderOnly !== true) {
    const id = await propose(api, proposal, keyed)
    return body.wait === true ? waitForProposal(api, { id, signal }) : showProposal(api, id)
  }
  const id = api.orderOnly.submit(proposal, keyed)
  const wholeMs = body.wait === true ? proposal.deadlineMs : Math.min(ORDER_ONLY_MS, proposal.deadlineMs)
  await api.orderOnly.settled(id, wholeMs)
  return showProposal(api, id)
}

const vote = async (api: ApiContext, proposalId: string, request: VoteRequest): Promise<VoteView> => {
  const { verdict, confidence = 1, reason = '', options = [] } = request
  if (options.length > 0) throw new QuorateError('QRT_USAGE', 'This proposal offers no options to vote for.')
  if (utf8(reason).length > LIMITS.reasonBytesMax) {
    throw new QuorateError('QRT_TOO_LARGE', `A reason may have at most ${LIMITS.reasonBytesMax} bytes.`)
  }
  const confidencePpm = Math.round(confidence * 1_000_000)
  const payload = { proposalId, verdict, confidencePpm, reason, options }
  accepted(
    await api.asks.ask(token => ({ name: 'ballots.vote', payload: { ...payload, token } }), ANSWER_MS_MAX)
  )
  return { proposalId, verdict, recorded: true }
}
