import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { QuorateError } from '@quorate/contracts'
import type { EventView } from '@quorate/contracts'
import type { Connection } from './connection.ts'
import { readText } from './exchange.ts'
import { readLines } from './lines.ts'
import { problemError } from './problem.ts'
import { createSseParser } from './sse.ts'

export interface EventsInit {
  /** Cursor of the last event that the caller has seen; the stream goes on after it. */
  readonly since?: string | number | undefined
  readonly signal?: AbortSignal | undefined
  /** Silence after which the stream counts as lost; the daemon's heartbeats are more frequent. */
  readonly silenceMs?: number
  /** First wait before the stream is opened again; doubles up to 16 times that. */
  readonly reconnectMs?: number
  /** Attempts in a row to open it again before giving up. */
  readonly attemptsMax?: number
}

const SILENCE_MS = 60_000
const RECONNECT_MS = 250
const ATTEMPTS_MAX = 10

interface Position {
  lastId: string | undefined
  reconnectMs: number
  /** Whether the stream was open once. */
  opened: boolean
  /** Losses in a row without a line in between. */
  failures: number
}

/**
 * Follows `GET /v1/events`. A broken stream is opened again after the last event seen, so that none is missed; events
 * that the daemon no longer holds are announced as one event of type `gap`.
 *
 * Errors: those of the first attempt; later QRT_UNREACHABLE when the daemon stays away, and refusals.
 */
export async function* followEvents(
  connection: Connection,
  init: EventsInit = {}
): AsyncGenerator<EventView> {
  const position: Position = {
    lastId: init.since === undefined ? undefined : String(init.since),
    reconnectMs: init.reconnectMs ?? RECONNECT_MS,
    opened: false,
    failures: 0
  }
  for (;;) {
    try {
      yield* readOnce(connection, position, init)
    } catch (error) {
      const explained = connection.explain(error, init.signal)
      if (!mayPass(explained, position, init.attemptsMax ?? ATTEMPTS_MAX)) throw explained
    }
    position.failures += 1
    await pause(connection, position, init.signal)
  }
}

/** Yields events until the stream ends; moves the position along. */
async function* readOnce(
  connection: Connection,
  position: Position,
  init: EventsInit
): AsyncGenerator<EventView> {
  const { request, response } = connection.open({
    method: 'GET',
    path: '/v1/events',
    signal: init.signal,
    headTimeoutMs: init.silenceMs ?? SILENCE_MS,
    headers: { accept: 'text/event-stream', ...lastEventId(position) }
  })
  request.end()
  try {
    const head = await response
    await refuseProblem(head)
    position.opened = true
    request.setTimeout(init.silenceMs ?? SILENCE_MS, () =>
      request.destroy(new Error('the stream fell silent'))
    )
    yield* readMessages(head, position)
  } finally {
    request.destroy()
  }
}

async function* readMessages(head: IncomingMessage, position: Position): AsyncGenerator<EventView> {
  const parse = createSseParser()
  for await (const line of readLines(head)) {
    position.failures = 0
    const item = parse(line)
    if (item?.type === 'retry') position.reconnectMs = Math.min(item.ms, 30_000)
    if (item?.type !== 'message') continue
    position.lastId = item.message.id ?? position.lastId
    yield toEvent(item.message.event, JSON.parse(item.message.data))
  }
}

/** A `gap` message carries the bounds of what is missing only; the others carry the event itself. */
function toEvent(type: string, data: unknown): EventView {
  if (type !== 'gap') return data as EventView
  return { cursor: null, type: 'gap', at: new Date().toISOString(), data }
}

function lastEventId({ lastId }: Position): { [name: string]: string } {
  return lastId === undefined ? {} : { 'last-event-id': lastId }
}

async function refuseProblem(head: IncomingMessage): Promise<void> {
  const status = head.statusCode ?? 0
  if (status < 400) return
  const text = await readText(head, 64 * 1024)
  throw problemError(status, safeParse(text))
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { detail: text.slice(0, 200) }
  }
}

/** Whether another attempt can mend it. A stream that never opened is the caller's to hear of at once. */
function mayPass(error: Error, position: Position, attemptsMax: number): boolean {
  if (!position.opened || position.failures >= attemptsMax) return false
  return error instanceof QuorateError && PASSING.has(error.code)
}

const PASSING: ReadonlySet<string> = new Set(['QRT_UNREACHABLE', 'QRT_STARTING', 'QRT_OVERLOADED'])

async function pause(
  connection: Connection,
  position: Position,
  signal: AbortSignal | undefined
): Promise<void> {
  const waitMs = position.reconnectMs * 2 ** Math.min(position.failures, 4)
  try {
    await delay(waitMs, undefined, { ...(signal && { signal }) })
  } catch (error) {
    throw connection.explain(error, signal)
  }
}
