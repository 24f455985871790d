import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { QuorateError } from '@quorate/contracts'
import type { z } from 'zod'
import { nearest } from '../home/config/nearest.ts'

type Issue = z.core.$ZodIssue

/** Requests are read by their zod schema; what is not of that form is QRT_USAGE, and says which field and why. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return value => {
    const result = schema.safeParse(value ?? {})
    return result.success
      ? { value: result.data }
      : { error: usageError(result.error.issues, { httpPart, schema }) }
  }
}

/** Answers are our own: tests hold them to their schemas, so that no request pays for it. */
export const serializerCompiler: FastifySerializerCompiler<unknown> = () => value => JSON.stringify(value)

interface Where {
  readonly httpPart: string | undefined
  readonly schema: z.ZodType
}

const usageError = (issues: readonly Issue[], where: Where): QuorateError => {
  // A field that is not known explains best why another one is missing.
  const first = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  const message = first === undefined ? 'is not valid' : describe(first, where)
  return new QuorateError('QRT_USAGE', `${PARTS[where.httpPart ?? ''] ?? 'The request'} ${message}.`, {
    suggestions: first === undefined ? [] : suggestionsFor(first, where)
  })
}

const PARTS: { readonly [part: string]: string } = {
  body: 'The body',
  querystring: 'The query',
  params: 'The path',
  headers: 'The headers'
}

const describe = (issue: Issue, { httpPart }: Where): string => {
  if (issue.code === 'unrecognized_keys') return `has unknown fields: ${issue.keys.join(', ')}`
  if (issue.path.length > 0) return `is not valid at ${issue.path.join('.')}: ${issue.message}`
  return httpPart === 'body' ? 'must be a JSON object' : `is not valid: ${issue.message}`
}

const suggestionsFor = (issue: Issue, { schema }: Where): string[] => {
  if (issue.code !== 'unrecognized_keys' || issue.path.length > 0) return []
  const known = 'shape' in schema ? Object.keys(schema.shape as object) : []
  const near = issue.keys.map(key => nearest(key, known)).filter(key => key !== undefined)
  return near.length > 0 ? [`Did you mean "${near[0]}"?`] : [`Known fields: ${known.join(', ')}.`]
}
