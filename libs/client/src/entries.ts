import { once } from 'node:events'
import type { ClientRequest } from 'node:http'
import type { Connection } from './connection.ts'
import { readText } from './exchange.ts'
import { readLines } from './lines.ts'
import { problemError } from './problem.ts'

/** One order-only entry. */
export interface EntryRequest {
  readonly statement: string
  readonly data?: unknown
}

/** What became of one line: its place on the ledger, or why it has none. `line` counts from 1. */
export type EntryResult =
  | { readonly line: number; readonly entryId: string; readonly sequence: number; readonly digest: string }
  | { readonly line: number; readonly error: { readonly code: string; readonly message: string } }

/**
 * Streams entries in and results out at the same time (`POST /v1/entries`, NDJSON both ways).
 *
 * Reads from the source only as fast as the daemon takes entries. Leaving the loop early ends the request.
 */
export async function* streamEntries(
  connection: Connection,
  source: AsyncIterable<EntryRequest> | Iterable<EntryRequest>,
  signal?: AbortSignal
): AsyncGenerator<EntryResult> {
  const { request, response } = connection.open({
    method: 'POST',
    path: '/v1/entries',
    signal,
    headers: { 'content-type': 'application/x-ndjson', accept: 'application/x-ndjson' }
  })
  request.flushHeaders()
  // A source that fails ends the request, and the reader below sees why.
  void writeAll(request, source).catch((error: unknown) => request.destroy(error as Error))
  try {
    const head = await response
    if ((head.statusCode ?? 0) >= 400)
      throw problemError(head.statusCode ?? 0, problemOf(await readText(head)))
    for await (const line of readLines(head)) {
      if (line.trim() !== '') yield JSON.parse(line) as EntryResult
    }
  } catch (error) {
    throw connection.explain(error, signal)
  } finally {
    request.destroy()
  }
}

async function writeAll(
  request: ClientRequest,
  source: AsyncIterable<EntryRequest> | Iterable<EntryRequest>
): Promise<void> {
  const closed = new AbortController()
  request.once('close', () => closed.abort())
  for await (const entry of source) {
    if (closed.signal.aborted) return
    if (request.write(`${JSON.stringify(entry)}\n`)) continue
    await once(request, 'drain', { signal: closed.signal })
  }
  request.end()
}

function problemOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { detail: text.slice(0, 200) }
  }
}
