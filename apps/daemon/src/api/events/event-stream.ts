import type { ServerResponse } from 'node:http'
import type { LoggedEvent, QuorateNode } from '@quorate/runtime'
import { isPublic, sseText } from './event-view.ts'

/** Silence after which a comment shows that the stream is alive. */
export const HEARTBEAT_MS = 15_000
const PAGE = 256

export interface EventStreamInit {
  readonly node: Pick<QuorateNode, 'events' | 'subscribe'>
  /** Cursor of the last event that the reader has seen; undefined: only what happens from now on. */
  readonly since: number | undefined
  /** A reader that is further behind is disconnected. */
  readonly lagBytesMax: number
  readonly heartbeatMs?: number
}

/**
 * Sends durable events after `since`, then everything as it happens, durable or not, until the reader goes away.
 * What the log no longer holds is announced as an event `gap` {from, to}: the cursors that are missing.
 * Resolves when the stream has ended. Bounds: `lagBytesMax` bytes wait for the reader.
 */
export const streamEvents = (response: ServerResponse, init: EventStreamInit): Promise<void> =>
  new Promise(resolve => {
    const { node, lagBytesMax, heartbeatMs = HEARTBEAT_MS } = init
    let unsubscribe: (() => void) | undefined

    const write = (text: string): void => {
      response.write(text)
      if (response.writableLength > lagBytesMax) response.destroy()
    }
    const tell = (event: LoggedEvent): void => {
      if (isPublic(event)) write(sseText(event))
    }

    /** Pages through the log at the reader's pace; subscribes in the same turn in which it has caught up. */
    const catchUp = (cursor: number): void => {
      for (let next = cursor; !response.destroyed;) {
        const { events, gap } = node.events.since(next, PAGE)
        if (gap) write(gapText(next, (events[0]?.cursor ?? node.events.last() + 1) - 1))
        for (const event of events) tell(event)
        next = events.at(-1)?.cursor ?? next
        if (events.length < PAGE) return listen()
        if (response.writableNeedDrain) return void response.once('drain', () => catchUp(next))
      }
    }
    const listen = (): void => {
      unsubscribe = node.subscribe(tell)
    }

    const heartbeat = setInterval(() => write(': alive\n\n'), heartbeatMs)
    response.once('close', () => {
      clearInterval(heartbeat)
      unsubscribe?.()
      resolve()
    })
    response.writeHead(200, HEADERS)
    write(': quorate events\n\n')
    if (init.since === undefined) listen()
    else catchUp(Math.min(init.since, node.events.last()))
  })

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff'
}

const gapText = (seen: number, to: number): string =>
  `event: gap\ndata: ${JSON.stringify({ from: seen + 1, to })}\n\n`
