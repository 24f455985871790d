import { ERRORS, InvariantError, QuorateError } from '@quorate/contracts'
import type { ErrorBody } from '@quorate/contracts'
import type { CommandLine } from '../command-line.ts'
import { clean } from '../output/clean.ts'
import { formatJson } from '../output/json.ts'
import { createStyle, wantsColour } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'
import { isOclifError, usageError } from './usage.ts'

/** Says what went wrong, on stdout with --json and on stderr otherwise, and gives the exit code. */
export async function reportFailure(
  error: unknown,
  at: { readonly line: CommandLine; readonly terminal: Terminal }
): Promise<number> {
  const known = await understand(error, at.line)
  const { stdout, stderr, env } = at.terminal
  if (at.line.json) stdout.write(`${formatJson(errorBody(known), stdout.isTTY)}\n`)
  else stderr.write(`${errorText(known, wantsColour(stderr.isTTY, env))}\n`)
  if (env['QUORATE_DEBUG'] !== undefined) stderr.write(`${stackOf(error)}\n`)
  return ERRORS[known.code].exit
}

/** Everything that can be thrown, as an error with a code. */
async function understand(error: unknown, line: CommandLine): Promise<QuorateError> {
  if (error instanceof QuorateError) return error
  if (isQuorateError(error)) return new QuorateError(error.code, error.message, error)
  if (isOclifError(error)) return usageError(error, line.id)
  const message = error instanceof Error ? error.message : String(error)
  const kind = error instanceof InvariantError ? 'invariant broken: ' : ''
  return new QuorateError('QRT_INTERNAL', `${kind}${message}`, {
    cause: error,
    suggestions: ['Run it again with QUORATE_DEBUG=1 and report what it prints.']
  })
}

/** An error of a second copy of the contracts, as a separately bundled part may carry. */
function isQuorateError(error: unknown): error is QuorateError {
  return (
    error instanceof Error &&
    error.name === 'QuorateError' &&
    'code' in error &&
    Object.hasOwn(ERRORS, String(error.code))
  )
}

function errorBody({ code, message, suggestions }: QuorateError): ErrorBody {
  return { error: { code, message, suggestions } }
}

function errorText({ code, message, suggestions }: QuorateError, colour: boolean): string {
  const style = createStyle(colour)
  const lines = suggestions.map(suggestion => `  ${style.dim('Try:')} ${clean(suggestion)}`)
  return [`${style.red('Error')} ${style.bold(code)}: ${clean(message)}`, ...lines].join('\n')
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined
    ? (error.stack ?? '')
    : `${error.stack}\ncaused by: ${stackOf(error.cause)}`
}
