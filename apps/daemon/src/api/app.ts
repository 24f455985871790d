import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Caller } from './access.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before anything else is looked at. */
    caller: Caller
  }
}

/** The HTTP application as the route files see it. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>
