import { QuorateError } from '@quorate/contracts'

/** The caller ended the call. */
export function interrupted(cause: unknown): QuorateError {
  return new QuorateError('QRT_INTERRUPTED', 'Interrupted.', { cause })
}

export function noAnswer(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' })
}

/** What a failed socket means to the caller. Errors that are explained already pass through. */
export function unreachable(
  error: unknown,
  at: { readonly address: string; readonly suggestions: readonly string[] }
): QuorateError {
  if (error instanceof QuorateError) return error
  const code = codeOf(error)
  if (code === 'EACCES' || code === 'EPERM') {
    return new QuorateError('QRT_NOT_ALLOWED', `This user may not open ${at.address}.`, {
      cause: error,
      suggestions: ['Run it as the user that runs the daemon.']
    })
  }
  const message = `No daemon answers at ${at.address} (${REASONS[code] ?? textOf(error)}).`
  return new QuorateError('QRT_UNREACHABLE', message, { cause: error, suggestions: at.suggestions })
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no socket',
  ENOTSOCK: 'that is not a socket',
  ENOTDIR: 'there is no socket',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
