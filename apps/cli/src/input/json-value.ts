import { QuorateError } from '@quorate/contracts'

/** Reads JSON that a user gave. Errors: QRT_USAGE, with the place where it went wrong. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new QuorateError('QRT_USAGE', `${name} is not JSON: ${why}.`, {
      cause,
      suggestions: [`Quote text as JSON, for example '"text"' or '{"key": 1}'; @file reads it from a file.`]
    })
  }
}

/** As parseJson, and an object. */
export function parseJsonObject(text: string, name: string): { readonly [key: string]: unknown } {
  const value = parseJson(text, name)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as { readonly [key: string]: unknown }
  }
  throw new QuorateError('QRT_USAGE', `${name} must be a JSON object, like {"key": 1}.`)
}
