import { listAgents } from '@quorate/auction'
import { z } from 'zod'
import { checkAgent } from '../access.ts'
import type { App } from '../app.ts'
import {
  announceAuction,
  bid,
  cancelAuction,
  ownAgentName,
  registerAgent,
  waitForAuction
} from '../auctions/auction-calls.ts'
import { auctionViews, replayView, showAuction } from '../auctions/auction-views.ts'
import type { ApiContext } from '../context.ts'
import { keyOf } from '../idempotency.ts'
import * as schema from '../schemas/auction.ts'
import { idPath, problems, waitQuery } from '../schemas/common.ts'
import { idempotencyHeaders } from '../schemas/proposal.ts'
import { leaving } from './leaving.ts'

const WAIT_MS_STANDARD = 60_000

export const agentRoutes = (app: App, api: ApiContext): void => {
  app.post(
    '/v1/agents',
    {
      schema: {
        summary: 'Registers an agent of this node; its token is told once',
        body: schema.registerAgentRequest,
        response: { 201: schema.agentRegistered, ...problems }
      }
    },
    async ({ body }, reply) => reply.code(201).send(await registerAgent(api, body))
  )
  app.get(
    '/v1/agents',
    {
      schema: {
        summary: 'Agents of the whole group',
        response: { 200: z.array(schema.agentView).readonly(), ...problems }
      }
    },
    () => listAgents(api.ledger.state, Math.max(api.ledger.application.head().time, api.now())) as never
  )
}

export const auctionRoutes = (app: App, api: ApiContext): void => {
  const shown = { 200: schema.auctionView, ...problems }
  app.post(
    '/v1/auctions',
    {
      schema: {
        summary: 'Announces a lot; with `wait`, answers when the auction has ended',
        headers: idempotencyHeaders,
        body: schema.auctionRequest,
        response: { 201: schema.auctionView, ...problems }
      }
    },
    async ({ body, headers }, reply) => {
      const { idempotencyKey, wait, ...request } = body
      const keyed = keyOf('auction', { header: headers['idempotency-key'], body: idempotencyKey, request })
      const id = await announceAuction(api, body, keyed)
      const timeoutMs = body.deadlineMs ?? WAIT_MS_STANDARD
      if (wait === true) await waitForAuction(api, { id, timeoutMs, signal: leaving(reply) })
      return reply.code(201).send(showAuction(api, id))
    }
  )
  app.get(
    '/v1/auctions',
    {
      schema: {
        summary: 'Auctions, the latest first',
        response: { 200: z.array(schema.auctionView), ...problems }
      }
    },
    () => auctionViews(api)
  )
  app.get(
    '/v1/auctions/:id',
    { schema: { summary: 'One auction', params: idPath, response: shown } },
    ({ params }) => showAuction(api, params.id)
  )
  app.get(
    '/v1/auctions/:id/wait',
    {
      schema: {
        summary: 'Answers when the auction has ended or the time is up',
        params: idPath,
        querystring: waitQuery,
        response: shown
      }
    },
    async ({ params, query }, reply) => {
      showAuction(api, params.id)
      const timeoutMs = query.timeoutMs ?? WAIT_MS_STANDARD
      await waitForAuction(api, { id: params.id, timeoutMs, signal: leaving(reply) })
      return showAuction(api, params.id)
    }
  )
  auctionActions(app, api)
}

const auctionActions = (app: App, api: ApiContext): void => {
  const nothing = z.strictObject({}).optional()
  app.post(
    '/v1/auctions/:id/bids',
    {
      schema: {
        summary: "Seals a bid of one of this node's agents",
        params: idPath,
        body: schema.bidRequest,
        response: { 201: schema.bidAccepted, ...problems }
      }
    },
    async ({ params, body, caller }, reply) => {
      checkAgent(caller, ownAgentName(api, body.agent))
      return reply.code(201).send(await bid(api, params.id, body))
    }
  )
  app.post(
    '/v1/auctions/:id/cancel',
    {
      schema: {
        summary: 'Cancels an own auction',
        params: idPath,
        body: nothing,
        response: { 200: schema.auctionView, ...problems }
      }
    },
    async ({ params }) => {
      showAuction(api, params.id)
      await cancelAuction(api, params.id)
      return showAuction(api, params.id)
    }
  )
  app.post(
    '/v1/auctions/:id/replay',
    {
      schema: {
        summary: 'Recomputes the award from the ledger',
        params: idPath,
        body: nothing,
        response: { 200: schema.auctionReplay, ...problems }
      }
    },
    ({ params }) => replayView(api, params.id)
  )
}
