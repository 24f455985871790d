import swagger from '@fastify/swagger'
import fastify from 'fastify'
import { createJsonSchemaTransform } from 'fastify-type-provider-zod'
import { QuorateError } from '@quorate/contracts'
import { LIMITS } from '@quorate/core'
import { VERSION } from '../version.ts'
import { identify, refuseAgent, type AccessInit } from './access.ts'
import type { App } from './app.ts'
import type { ApiContext, ApiLog } from './context.ts'
import { PROBLEM_TYPE, asQuorateError, problemOf, tooLargeBody } from './problem.ts'
import { agentRoutes, auctionRoutes } from './routes/auction-routes.ts'
import { eventRoutes } from './routes/event-routes.ts'
import { ledgerRoutes } from './routes/ledger-routes.ts'
import { nodeRoutes } from './routes/node-routes.ts'
import { proposalRoutes } from './routes/proposal-routes.ts'
import { serializerCompiler, validatorCompiler } from './validation.ts'

/** Data, statement, and room for the other fields. */
export const BODY_BYTES_MAX = LIMITS.dataBytesMax + 64 * 1024

/** A refused body is read to its end up to here, so that the caller gets the refusal and not a broken connection. */
const DRAINED_BYTES_MAX = 64 * 1024 * 1024

/** The control API as an HTTP application that listens nowhere yet. */
export const createApp = async (api: ApiContext, access: AccessInit): Promise<App> => {
  const app: App = fastify({
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: 256 },
    exposeHeadRoutes: false,
    return503OnClosing: false,
    // A stream of entries or events lasts as long as its caller wants.
    requestTimeout: 0,
    connectionTimeout: 0
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('caller')
  guard(app, access)
  reportErrors(app, api.log)
  await describe(app)
  for (const routes of [nodeRoutes, proposalRoutes, ledgerRoutes, agentRoutes, auctionRoutes, eventRoutes]) {
    routes(app, api)
  }
  await app.ready()
  return app
}

const guard = (app: App, access: AccessInit): void => {
  app.addHook('onRequest', async request => {
    request.caller = identify(request.raw, access)
    refuseAgent(request.caller, request)
  })
  app.addHook('preParsing', async (request, _reply, payload) => {
    const bytes = Number(request.headers['content-length'] ?? 0)
    if (bytes <= BODY_BYTES_MAX || request.headers['content-type'] === 'application/x-ndjson') return payload
    if (bytes <= DRAINED_BYTES_MAX) await drain(payload)
    throw tooLargeBody()
  })
}

const drain = async (payload: AsyncIterable<unknown>): Promise<void> => {
  const chunks = payload[Symbol.asyncIterator]()
  while ((await chunks.next()).done !== true);
}

const reportErrors = (app: App, log: ApiLog): void => {
  app.setErrorHandler((error, request, reply) => {
    const known = asQuorateError(error)
    const problem = problemOf(known)
    if (known.code === 'QRT_INTERNAL')
      log.error({ error, method: request.method, url: request.url }, 'request failed')
    return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem))
  })
  app.setNotFoundHandler((request, reply) => {
    const error = new QuorateError('QRT_NOT_FOUND', `There is no ${request.method} ${request.url}.`, {
      suggestions: ['GET /v1/openapi.json lists what there is.']
    })
    return reply
      .code(404)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problemOf(error)))
  })
}

/** `/v1/openapi.json`, made when it is first asked for. */
const describe = async (app: App): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Quorate control API',
        description:
          'One daemon of a Quorate group: decide, allocate, and read the ledger. Errors are RFC 9457 problems.',
        version: VERSION
      }
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } })
  })
  app.get('/v1/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
