import type { FastifyReply } from 'fastify'

/** Aborted when the answer is complete, or when the caller has gone away before it was. */
export const leaving = ({ raw }: Pick<FastifyReply, 'raw'>): AbortSignal => {
  const controller = new AbortController()
  raw.once('close', () => controller.abort())
  return controller.signal
}
