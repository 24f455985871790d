import { z } from 'zod'
import type { App } from '../app.ts'
import type { ApiContext } from '../context.ts'
import { connectPeer, groupView, peerViews, statusView } from '../node-views.ts'
import { membersOf, memberView, nodeState } from '../quorum.ts'
import { problems } from '../schemas/common.ts'
import * as schema from '../schemas/node.ts'

/** The node itself: how it is, whom it knows, how it is set. */
export const nodeRoutes = (app: App, api: ApiContext): void => {
  app.get(
    '/v1/status',
    {
      schema: {
        summary: 'State of this node and of the group as it sees it',
        response: { 200: schema.statusView, ...problems }
      }
    },
    () => statusView(api)
  )
  app.get(
    '/v1/peers',
    {
      schema: {
        summary: 'Every other member and whether it is connected',
        response: { 200: z.array(schema.peerView), ...problems }
      }
    },
    () => peerViews(api)
  )
  app.get(
    '/v1/members',
    {
      schema: {
        summary: 'The members of the group',
        response: { 200: z.array(schema.memberView), ...problems }
      }
    },
    () => membersOf(api).map(memberView)
  )
  app.get(
    '/v1/group',
    {
      schema: {
        summary: 'What an offline verification needs',
        response: { 200: schema.groupExport, ...problems }
      }
    },
    () => groupView(api)
  )
  app.post(
    '/v1/connect',
    {
      schema: {
        summary: 'Tells where a member can be dialled',
        body: schema.connectRequest,
        response: { 200: schema.connected, ...problems }
      }
    },
    request => connectPeer(api, request.body)
  )
  app.get(
    '/v1/counters',
    {
      schema: {
        summary: 'What this node counted since its start: refused input, by reason; traffic',
        response: { 200: schema.countersView, ...problems }
      }
    },
    () => ({ node: api.node.counters(), network: api.networkCounters() })
  )
  app.get(
    '/v1/config',
    {
      schema: {
        summary: 'The settings in force and where each came from',
        response: { 200: z.array(schema.configEntry).readonly(), ...problems }
      }
    },
    () => api.configEntries
  )
  healthRoutes(app, api)
}

/** `/livez`: the process answers. `/readyz`: it can decide. */
const healthRoutes = (app: App, api: ApiContext): void => {
  const health = z.object({ ok: z.boolean(), state: z.string() })
  app.get('/livez', { schema: { summary: 'Alive', response: { 200: health } } }, () => ({
    ok: true,
    state: 'alive'
  }))
  app.get(
    '/readyz',
    { schema: { summary: 'Able to decide', response: { 200: health, 503: health } } },
    (_request, reply) => {
      const state = nodeState(api)
      const ok = state === 'ready' || state === 'degraded'
      if (ok) reply.code(200).send({ ok, state })
      else reply.code(503).send({ ok, state })
    }
  )
}
