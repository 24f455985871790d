import type { IncomingMessage } from 'node:http'
import { QuorateError } from '@quorate/contracts'
import type { Connection } from './connection.ts'
import { noAnswer } from './failure.ts'
import { problemError } from './problem.ts'

/** Longest response body that is read into memory. */
export const RESPONSE_BYTES_MAX = 64 * 1024 * 1024

/** Time for a call that the daemon answers at once. */
export const CALL_TIMEOUT_MS = 15_000

export interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
  readonly timeoutMs?: number
  readonly signal?: AbortSignal | undefined
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/**
 * One request and its JSON answer, bounded in time and size.
 *
 * Errors: a QuorateError for every answer of 400 and more, and for a daemon that does not answer.
 */
export async function exchange(connection: Connection, call: Call): Promise<unknown> {
  const { status, body } = await send(connection, call)
  if (status >= 400) throw problemError(status, body)
  return body
}

/** As `exchange`, but leaves it to the caller what the status means. */
export async function send(connection: Connection, call: Call): Promise<Answer> {
  const timeoutMs = call.timeoutMs ?? CALL_TIMEOUT_MS
  const payload = call.body === undefined ? undefined : JSON.stringify(call.body)
  const { request, response } = connection.open({
    method: call.method,
    path: call.path,
    signal: call.signal,
    headers: payload === undefined ? {} : { 'content-type': 'application/json' }
  })
  const timer = setTimeout(() => request.destroy(noAnswer(timeoutMs)), timeoutMs)
  request.end(payload)
  try {
    const head = await response
    const text = await readText(head)
    return { status: head.statusCode ?? 0, body: parse(head, text, connection.address) }
  } catch (error) {
    throw connection.explain(error, call.signal)
  } finally {
    clearTimeout(timer)
  }
}

/** Reads a bounded body. Errors: QRT_TOO_LARGE. */
export async function readText(response: IncomingMessage, bytesMax = RESPONSE_BYTES_MAX): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > bytesMax) {
      throw new QuorateError('QRT_TOO_LARGE', `The daemon's answer is longer than ${bytesMax} bytes.`, {
        suggestions: ['Ask for less, for example with --limit.']
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(response: IncomingMessage, text: string, address: string): unknown {
  if (text === '' && response.statusCode === 204) return null
  try {
    return JSON.parse(text)
  } catch (cause) {
    if ((response.statusCode ?? 0) >= 400) return { detail: text.slice(0, 200) }
    throw new QuorateError('QRT_UNREACHABLE', `What answers at ${address} is not a Quorate daemon.`, {
      cause
    })
  }
}
