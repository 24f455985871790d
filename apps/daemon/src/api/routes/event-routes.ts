import { QuorateError } from '@quorate/contracts'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { ApiContext } from '../context.ts'
import { streamEvents } from '../events/event-stream.ts'
import { problems, queryCount } from '../schemas/common.ts'

const sinceQuery = z.strictObject({ since: queryCount(Number.MAX_SAFE_INTEGER).optional() })

/** `GET /v1/events`: server-sent events; the id is a durable cursor, to go on from by `Last-Event-ID` or `?since=`. */
export const eventRoutes = (app: App, api: ApiContext): void => {
  let readers = 0
  app.get(
    '/v1/events',
    {
      schema: {
        summary: 'Events after a cursor, then as they happen (server-sent events)',
        querystring: sinceQuery,
        produces: ['text/event-stream'],
        response: {
          200: { description: 'the stream', content: { 'text/event-stream': { schema: z.string() } } },
          ...problems
        }
      }
    },
    async (request, reply) => {
      const since = cursorOf(request.headers['last-event-id']) ?? request.query.since
      const { node, config } = api
      if (readers >= config['limits.event-readers']) throw tooMany(readers)
      reply.hijack()
      readers += 1
      await streamEvents(reply.raw, { node, since, lagBytesMax: config['limits.event-lag-bytes'] })
      readers -= 1
    }
  )
}

const cursorOf = (header: string | string[] | undefined): number | undefined => {
  if (header === undefined || header === '') return undefined
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header)
  throw new QuorateError('QRT_USAGE', 'The Last-Event-ID is no cursor of this daemon.')
}

const tooMany = (readers: number): QuorateError =>
  new QuorateError('QRT_OVERLOADED', `${readers} readers follow the events already.`, {
    suggestions: ['Close one, or raise limits.event-readers.']
  })
