import { ERRORS, QuorateError, type ErrorCode } from '@quorate/contracts'

/** RFC 9457 problem details; `code` and `suggestions` are ours, and so is what an error's details add. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ErrorCode
  readonly suggestions: readonly string[]
}

export const PROBLEM_TYPE = 'application/problem+json'

export const problemOf = (error: QuorateError): Problem => {
  const { http, meaning } = ERRORS[error.code]
  return {
    ...error.details,
    type: `urn:quorate:error:${error.code}`,
    title: meaning,
    // Codes that the command line knows as outcomes have 200 in the table; as an error they never are.
    status: http >= 400 ? http : 500,
    detail: error.message,
    code: error.code,
    suggestions: error.suggestions
  }
}

interface HttpError {
  readonly statusCode?: number
  readonly code?: string
  readonly message: string
}

/** What the HTTP layer itself refuses: malformed JSON, other content types, oversize bodies. Others are bugs of ours. */
export const asQuorateError = (error: unknown): QuorateError => {
  if (error instanceof QuorateError) return error
  const { statusCode = 500, code, message } = error as HttpError
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLargeBody()
  if (statusCode === 429 || statusCode === 503)
    return new QuorateError('QRT_OVERLOADED', message, { cause: error })
  if (statusCode >= 400 && statusCode < 500) return new QuorateError('QRT_USAGE', message, { cause: error })
  return new QuorateError('QRT_INTERNAL', 'The daemon failed to answer; its log says why.', { cause: error })
}

export const tooLargeBody = (): QuorateError =>
  new QuorateError('QRT_TOO_LARGE', 'The body of the request is larger than any request may be.', {
    suggestions: ['Data is limited to 1 MiB, a statement to 8 KiB: send a digest of what is larger.']
  })
