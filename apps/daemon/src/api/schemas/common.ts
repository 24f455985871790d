import type { Receipt } from '@quorate/contracts'
import { z } from 'zod'

/** Building blocks of the API's schemas. Request schemas are strict: a field that nobody reads is a mistake. */

export const milliseconds = z.number().describe('milliseconds')

/** A number in a query string. */
export const queryCount = (high: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine(value => value <= high, `must be at most ${high}`)

export const idPath = z.strictObject({ id: z.string().min(1).max(256) })

/** `?timeoutMs=`: at most ten minutes, so that a forgotten caller does not wait for ever. */
export const waitQuery = z.strictObject({ timeoutMs: queryCount(600_000).optional() })

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    suggestions: z.array(z.string())
  })
  .describe('RFC 9457 problem details')

export const receipt: z.ZodType<Receipt> = z.object({
  format: z.literal('quorate-receipt/1'),
  kind: z.enum(['decision', 'award', 'record', 'entry']),
  groupId: z.string(),
  id: z.string(),
  sequence: z.int(),
  header: z.base64(),
  entry: z.object({
    author: z.string(),
    counter: z.int(),
    index: z.int(),
    kind: z.string(),
    body: z.base64()
  }),
  path: z.object({ position: z.int(), siblings: z.array(z.string()) }),
  certificate: z.object({ epoch: z.int(), view: z.int(), votes: z.array(z.base64()) })
})

/** What every route may answer beside its result. */
export const problems = { '4xx': problem, '5xx': problem } as const
