import { ERRORS, QuorateError } from '@quorate/contracts'
import type { ErrorCode } from '@quorate/contracts'

/**
 * Makes an error of a response that reports one: RFC 9457 `application/problem+json` with `code` and `suggestions`.
 *
 * Codes of a newer daemon that this client does not know fall back to the code for the HTTP status.
 */
export function problemError(status: number, body: unknown): QuorateError {
  const problem = isRecord(body) ? body : {}
  const code = knownCode(problem['code']) ?? codeForStatus(status)
  const detail = textOf(problem['detail']) ?? textOf(problem['title']) ?? ERRORS[code].meaning
  const { type: _type, title: _title, status: _status, detail: _detail, ...details } = problem
  return new QuorateError(code, detail, { suggestions: textsOf(problem['suggestions']), details })
}

function knownCode(code: unknown): ErrorCode | undefined {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : undefined
}

const BY_STATUS: { readonly [status: number]: ErrorCode } = {
  401: 'QRT_UNAUTHENTICATED',
  403: 'QRT_NOT_ALLOWED',
  404: 'QRT_NOT_FOUND',
  409: 'QRT_CONFLICT',
  413: 'QRT_TOO_LARGE',
  422: 'QRT_REFUSED',
  429: 'QRT_OVERLOADED',
  503: 'QRT_STARTING'
}

function codeForStatus(status: number): ErrorCode {
  return BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'QRT_USAGE' : 'QRT_INTERNAL')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
