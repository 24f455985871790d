import { QuorateError, type EntryDraft } from '@quorate/contracts'
import { LIMITS, RECORD_KIND, encodeCbor, recordShape } from '@quorate/core'

/** Text in, bytes of UTF-8 out, without making them. */
const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8')

/** Errors: QRT_USAGE when it is empty, QRT_TOO_LARGE. */
export const checkStatement = (statement: unknown): string => {
  if (typeof statement !== 'string' || statement === '') {
    throw new QuorateError('QRT_USAGE', 'The statement must be a text that is not empty.')
  }
  if (statement.length <= LIMITS.statementBytesMax / 3 || bytesOf(statement) <= LIMITS.statementBytesMax)
    return statement
  throw new QuorateError(
    'QRT_TOO_LARGE',
    `The statement has ${bytesOf(statement)} bytes; at most ${LIMITS.statementBytesMax} are allowed.`,
    {
      details: { limit: LIMITS.statementBytesMax },
      suggestions: ['Put the details into the data (up to 1 MiB).']
    }
  )
}

/** Data as the JSON text that goes on the ledger; null when there is none. Errors: QRT_TOO_LARGE. */
export const dataText = (data: unknown): string | null => {
  if (data === undefined) return null
  const text = JSON.stringify(data)
  if (text.length <= LIMITS.dataBytesMax / 3 || bytesOf(text) <= LIMITS.dataBytesMax) return text
  throw new QuorateError(
    'QRT_TOO_LARGE',
    `The data has ${bytesOf(text)} bytes as JSON; at most ${LIMITS.dataBytesMax} are allowed.`,
    {
      details: { limit: LIMITS.dataBytesMax },
      suggestions: ['Send a digest of it, and the data itself by other means.']
    }
  )
}

export const recordDraft = (statement: string, data: string | null): EntryDraft => ({
  kind: RECORD_KIND,
  body: encodeCbor(recordShape.encode({ statement, data }))
})

/** One line of `POST /v1/entries`. No schema library: this is the way of ten thousand entries a second. */
export const parseRecordLine = (line: string): EntryDraft => {
  const value = parseObject(line)
  for (const key in value) {
    if (key !== 'statement' && key !== 'data')
      throw new QuorateError('QRT_USAGE', `An entry has no field "${key}".`)
  }
  return recordDraft(checkStatement(value.statement), dataText(value.data))
}

const parseObject = (line: string): { readonly statement?: unknown; readonly data?: unknown } => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new QuorateError('QRT_USAGE', 'The line is not JSON.', { cause })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new QuorateError('QRT_USAGE', 'An entry is an object {"statement", "data"}.')
}
